// The first page: the search, what comes next, and the next date of each trust and portfolio.

import { away, fullDays, isOver, placeOf, today } from "./days.js";
import { inWords } from "./directory.js";
import { Search } from "./search.js";
import { carry, follows } from "./selection.js";
import { all, made, one, root, show } from "./site.js";

const SHOWN_FIRST = 8;
const MOST_NEXT = 100;
const AT_ONCE = 12; // more hits than stand on a screen
const PAUSE = 150; // milliseconds without a key, after which there is time for the rest

/** Set up the search and the days of the first page; `isLive` says whether a server answers, so that one can follow. */
export async function setUpIndex(directory, isLive) {
  const now = today();
  for (const element of all(".when[data-at]")) sayAnswer(element, directory, directory.at(element.dataset.at), now);
  showNext(directory, now);
  await setUpSearch(directory, now, isLive);
}

/** Offer to follow each trust and portfolio of the list. */
export function offerToFollow(directory) {
  for (const link of all(".trusts a")) {
    const listed = directory.at(new URL(link.href).pathname.slice(root.pathname.length, -1));
    if (listed) link.before(tickFor(listed), " ");
  }
}

function tickFor(listed) {
  const tick = made("input", "tick");
  Object.assign(tick, { type: "checkbox", value: listed.address, checked: follows(listed.address), autocomplete: "off" });
  tick.setAttribute("aria-label", `Follow ${listed.label}`);
  return tick;
}

/** Say how it stands with the reorganizations of what is listed: the answer of one, and what comes next of all. */
function sayAnswer(element, directory, { reorganizations }, now) {
  const answers = reorganizations.map((each) => ({ ...each, ...directory.answer(each, now) }));
  const [first] = answers.sort((one, other) => one.rank - other.rank);
  element.classList.toggle("past", first?.standing !== "open");
  if (!first) {
    element.textContent = "No reorganization is known.";
    return;
  }
  const more = answers.length - 1;
  const others = more && `${more.toLocaleString("en-US")} more reorganization${more > 1 ? "s" : ""}`;
  element.textContent = [first.words, first.who, first.mark, others].filter(Boolean).join(" · ");
  const next = nextOf(directory, answers, first, now);
  if (!next) return;
  const whose = next.who === first.who && next.mark === first.mark ? [] : [next.who, next.mark];
  element.append(" ", made("span", "next", [`Next: ${inWords(next, now)}`, ...whose].filter(Boolean).join(" · ")));
}

/** What comes next of what is not completed, but for the day that an answer says already; or undefined. */
function nextOf(directory, answers, { who: answered, day: said }, now) {
  const isSaid = ({ who, first, last, said: words }) => said && who === answered && first === said.first && last === said.last && words === said.said;
  const unfinished = answers.filter(({ standing }) => standing !== "done");
  const days = unfinished.flatMap((each) => directory.days([each]).map((day) => ({ ...day, who: each.who, mark: each.mark })));
  const ahead = days.filter((day) => !isOver(day, now) && !isSaid(day));
  return ahead.sort((one, other) => placeOf(one, now) - placeOf(other, now))[0];
}

// --- what comes next ---------------------------------------------------------------------------------------------

function showNext(directory, now) {
  const section = one(".by-date");
  if (one(".empty", section)) return; // nothing has a date: the page says so itself
  const lines = directory.plans.flatMap((plan) => linesAhead(directory, plan, now)).sort((line, other) => line.at - other.at);
  one("h2", section).textContent = "What comes next";
  one("ul", section).remove();
  if (!lines.length) {
    section.append(made("p", "empty", "Nothing is planned."));
    return;
  }
  const items = lines.slice(0, MOST_NEXT).map((line) => nextItem(line, now));
  section.append(made("ul", "agenda", ...items));
  const beyond = lines.length - items.length;
  if (beyond) section.append(made("p", "empty later", `And ${beyond.toLocaleString("en-US")} later.`));
  if (items.length > SHOWN_FIRST) fold(section, items.slice(SHOWN_FIRST));
  carry(section);
}

/** What is ahead of a plan: one line for all of its reorganizations for which the same is to come. */
function linesAhead(directory, plan, now) {
  const lines = new Map();
  for (const reorganization of plan.reorganizations) {
    for (const day of directory.days([reorganization])) {
      if (isOver(day, now)) continue;
      const same = lines.get(`${day.first} ${day.last} ${day.said}`);
      if (same) same.more += 1;
      else lines.set(`${day.first} ${day.last} ${day.said}`, { plan, who: reorganization.who, day, more: 0, at: placeOf(day, now) });
    }
  }
  return [...lines.values()];
}

function nextItem({ plan, who, day, more }, now) {
  const { first, last, title, before } = day;
  // A window's days stand in brackets, which its other words follow.
  const [, bracket, behind] = day.behind.match(/^(\)?)[,;]? ?(.*)$/);
  const time = made("span", "day", before, made("strong", "", fullDays(first, last)), `${bracket} `);
  time.append(made("span", "away", `(${away(day, now)})`));
  const link = made("a", "", `${title}: ${who}${more ? ` and ${more} more` : ""}`);
  link.href = new URL(`${plan.address}/`, root);
  const item = made("li", "", time, " ", made("span", "", link, ...markOf(plan), " ", made("small", "standing", behind)));
  if (first <= now && last !== null && now <= last) item.setAttribute("aria-current", "date");
  return item;
}

/** What marks a plan that only readers may see. */
const markOf = ({ mark }) => mark ? [" ", made("small", "mark", mark)] : [];

/** Fold what is later until it is asked for; on paper it stands all the same. */
function fold(section, items) {
  for (const item of items) item.classList.add("later");
  section.classList.add("folded");
  const button = made("button", "more", `Show ${items.length} more`);
  button.type = "button";
  button.addEventListener("click", () => {
    section.classList.remove("folded");
    one("a", items[0]).focus();
    button.remove();
  });
  section.append(button);
}

// --- search ------------------------------------------------------------------------------------------------------

async function setUpSearch(directory, now, isLive) {
  const [form, input, list, count] = [".find", "#search", ".found", ".found-count"].map((selector) => one(selector));
  const search = await Search.of(directory.listed);
  let found = search.find("");
  let later = 0;

  function listHits(hits) {
    const items = hits.map((hit) => foundItem(directory, hit, now, isLive));
    list.append(...items);
    items.forEach(carry);
  }

  /** What a key must show at once: the first hits. */
  function update() {
    found = search.find(input.value);
    list.replaceChildren();
    listHits(found.hits.slice(0, AT_ONCE));
    if (!found.hits.length) count.textContent = "";
    clearTimeout(later);
    later = setTimeout(finish, PAUSE);
  }

  /** What takes longer than there is between two keys: the other hits, names that are nearly spelt so, the address. */
  function finish() {
    clearTimeout(later);
    later = 0;
    if (!found.hits.length) found = search.findNear(input.value);
    listHits(found.hits.slice(list.children.length));
    count.textContent = countWords(input.value, found);
    putIntoAddress(input.value);
  }

  const finishNow = () => { if (later) finish(); };
  input.addEventListener("input", update);
  input.addEventListener("change", finishNow);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    finishNow();
    one("a", list)?.click();
  });
  form.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    finishNow();
    const stops = [input, ...all("a", list)];
    const at = stops.indexOf(document.activeElement);
    if (at < 0) return;
    event.preventDefault();
    stops[Math.min(Math.max(at + step, 0), stops.length - 1)].focus();
  });
  show(one(".search-button"), false);
  const query = new URLSearchParams(location.search).get("q");
  if (query !== null && input.value !== query) input.value = query;
  if (input.value) update();
}

function putIntoAddress(text) {
  const url = new URL(location.href);
  if (text) url.searchParams.set("q", text);
  else url.searchParams.delete("q");
  url.search = url.search.replaceAll("%2F", "/");
  history.replaceState(history.state, "", url);
}

function countWords(text, { hits, meant, more }) {
  if (!text.trim()) return "";
  if (!hits.length) return "Nothing has this name. Try one word of the name, or an earlier name.";
  if (meant.length) return `Nothing has this name. Did you mean “${meant.join(" ")}”?`;
  return more ? `${(hits.length + more).toLocaleString("en-US")} found; the first ${hits.length} are shown.` : `${hits.length} found.`;
}

function foundItem(directory, hit, now, isLive) {
  const [name, ...others] = hit.names;
  const link = made("a", "", name);
  link.href = new URL(`${hit.address}/`, root);
  const what = hit.isPlan ? "plan" : hit.trusts.length ? hit.trust : "trust";
  const rest = [what, hit.cik && `CIK ${hit.cik}`, others.length && `also ${others.join(", ")}`];
  const when = made("small", "when");
  sayAnswer(when, directory, hit, now);
  const tick = isLive ? [tickFor(hit), " "] : [];
  return made("li", "", ...tick, link, " ", made("small", "", rest.filter(Boolean).join(" · ")), " ", when);
}
