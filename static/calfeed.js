// What script adds to pages that work without it: today, the search, absolute addresses, and what only a server can do
// (kinds, alarms, a selection), offered once /health has answered.

import { setUpIndex } from "./index.js";
import { setUpBar, setUpPanel } from "./panel.js";
import { readDirectory } from "./search.js";
import { follows, onChange, start, toggle } from "./selection.js";
import { all, one, root, show } from "./site.js";
import { markToday } from "./today.js";

let live = false;
let labels = new Map();

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

async function loadDirectory(panel) {
  const listed = readDirectory(await (await fetched("search.json")).json());
  labels = new Map(listed.map((each) => [each.address, each.label]));
  if (one("#search")) setUpIndex(listed, () => live);
  panel?.update();
}

async function goLive(panel) {
  try {
    await fetched("health", "HEAD");
  } catch {
    show(one(".server-only"), true);
    return;
  }
  live = true;
  onChange(showFollowed);
  start();
  setUpBar();
  listenForFollowing();
  for (const element of all(".tick, .follow")) show(element, true);
  panel?.goLive();
}

markToday();
const section = one(".panel");
const panel = section ? setUpPanel(section, () => labels) : null;
// Where it cannot be loaded the page stays as it is without script, and the server searches.
if (one("#search")) loadDirectory(panel).catch(() => {});
if (section) goLive(panel);
