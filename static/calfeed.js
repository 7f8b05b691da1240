// What script adds to pages that work without it: today, the search, absolute addresses, and what only a server can do
// (kinds, alarms, a selection), offered once /health has answered.

import { Directory } from "./directory.js";
import { offerToFollow, setUpIndex } from "./index.js";
import { setUpBar, setUpPanel } from "./panel.js";
import { follows, onChange, start, toggle } from "./selection.js";
import { all, one, root, show } from "./site.js";
import { markToday } from "./today.js";

let labelOf = (address) => address;

/** Ticks and buttons show what is followed, wherever else it was chosen. */
function showFollowed() {
  for (const tick of all(".tick")) tick.checked = follows(tick.value);
  for (const button of all(".follow")) {
    const isFollowed = follows(button.dataset.feed);
    button.setAttribute("aria-pressed", isFollowed);
    button.textContent = isFollowed ? "Following" : "Follow";
  }
}

function listenForFollowing() {
  document.addEventListener("change", ({ target }) => { if (target.matches(".tick")) toggle(target.value, target.checked); });
  for (const button of all(".follow")) {
    button.addEventListener("click", () => toggle(button.dataset.feed, !follows(button.dataset.feed)));
  }
}

async function fetched(path, method = "GET") {
  const answer = await fetch(new URL(path, root), { method });
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  return answer;
}

/** Whether a server answers that can do more than hand out files. */
async function isServer() {
  try {
    await fetched("health", "HEAD");
    return true;
  } catch {
    return false;
  }
}

async function goLive(panel) {
  const isLive = await isServer();
  show(one(".server-only"), !isLive);
  for (const element of all(".if-live")) element.classList.remove("if-live");
  if (!isLive) return false;
  onChange(showFollowed);
  start();
  setUpBar();
  listenForFollowing();
  for (const button of all(".follow")) show(button, true);
  panel.goLive();
  return true;
}

async function setUpFirstPage(panel, live) {
  const directory = new Directory(await (await fetched("search.json")).json());
  labelOf = (address) => directory.at(address)?.label ?? address;
  const isLive = await live;
  if (isLive) offerToFollow(directory);
  panel.update();
  await setUpIndex(directory, isLive);
}

function showWhatWaited() {
  for (const element of all(".until-script")) element.classList.remove("until-script");
}

markToday();
const section = one(".panel");
if (section) {
  const panel = setUpPanel(section, (address) => labelOf(address));
  const live = goLive(panel);
  // Where the directory cannot be loaded the page stays as it is without script, and the server searches.
  if (one("#search")) setUpFirstPage(panel, live).catch(() => {}).finally(showWhatWaited);
}
