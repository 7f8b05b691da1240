// The first page: the search, what comes next, and the next date of each trust and portfolio.

import { away, fullDays, today } from "./days.js";
import { all, made, one, root, show } from "./site.js";
import { Search, inWords, nextDay } from "./search.js";
import { carry, follows } from "./selection.js";

const SHOWN_FIRST = 8;
const MOST_NEXT = 100;

/** Set up the search and the days of the first page from the directory; `isLive` says whether one can follow. */
export function setUpIndex(listed, isLive) {
  const now = today();
  setUpSearch(listed, now, isLive);
  showNext(listed, now);
  const days = new Map(listed.map((each) => [each.address, each.days]));
  for (const element of all(".when[data-at]")) sayNext(element, days.get(element.dataset.at) ?? [], now);
}

function sayNext(element, days, now) {
  const next = nextDay(days, now);
  const last = days.at(-1);
  element.classList.toggle("past", !next);
  if (next) element.textContent = `${inWords(next)} (${away(next.first, next.last, now)})`;
  else if (last) element.textContent = `Nothing ahead. Last: ${inWords(last)}`;
}

// --- what comes next ---------------------------------------------------------------------------------------------

function showNext(listed, now) {
  const section = one(".by-date");
  const lines = [];
  for (const plan of listed) {
    if (!plan.address.startsWith("plans/")) continue;
    for (const day of plan.days) {
      if (day.last === null || day.last >= now) lines.push({ plan, day, at: Math.max(day.first, now) });
    }
  }
  if (!listed.some((each) => each.days.length)) return; // the page says so itself
  lines.sort((one, other) => one.at - other.at);
  one("h2", section).textContent = "What comes next";
  all("ul, .empty", section).forEach((element) => element.remove());
  if (!lines.length) {
    section.append(made("p", "empty", "Nothing is planned."));
    return;
  }
  const items = lines.slice(0, MOST_NEXT).map((line) => nextItem(line, now));
  const list = made("ul", "agenda", ...items.slice(0, SHOWN_FIRST));
  section.append(list);
  if (items.length > SHOWN_FIRST) section.append(moreButton(list, items.slice(SHOWN_FIRST), lines.length - items.length));
  carry(section);
}

function nextItem({ plan, day }, now) {
  const { first, last, title, before, behind } = day;
  const time = made("span", "day", before, made("strong", "", fullDays(first, last)), ` (${away(first, last, now)})`);
  const link = made("a", "", `${title}: ${plan.who || plan.names[0]}`);
  link.href = new URL(`${plan.address}/`, root);
  const item = made("li", "", time, " ", made("span", "", link, " ", made("small", "standing", behind.replace(/^[,;] /, ""))));
  if (first <= now && last !== null && now <= last) item.setAttribute("aria-current", "date");
  return item;
}

function moreButton(list, items, beyond) {
  const button = made("button", "more", `Show ${items.length} more`);
  button.type = "button";
  button.addEventListener("click", () => {
    list.append(...items);
    if (beyond) list.after(made("p", "empty", `And ${beyond} later.`));
    carry(list);
    one("a", items[0]).focus();
    button.remove();
  });
  return button;
}

// --- search ------------------------------------------------------------------------------------------------------

function setUpSearch(listed, now, isLive) {
  const [form, input, list, count] = [".find", "#search", ".found", ".found-count"].map((selector) => one(selector));
  const search = new Search(listed);

  function update() {
    const { hits, meant, more } = search.find(input.value);
    list.replaceChildren(...hits.map((hit) => foundItem(hit, now, isLive())));
    carry(list);
    count.textContent = countWords(input.value, hits.length, meant, more);
    const url = new URL(location.href);
    if (input.value) url.searchParams.set("q", input.value);
    else url.searchParams.delete("q");
    url.search = url.search.replaceAll("%2F", "/");
    history.replaceState(history.state, "", url);
  }

  input.addEventListener("input", update);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    one("a", list)?.click();
  });
  form.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
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

function countWords(text, shown, meant, more) {
  if (!text.trim()) return "";
  if (!shown) return "Nothing is called so. Try one word of the name, or an earlier name.";
  if (meant.length) return `Nothing is called so. Did you mean “${meant.join(" ")}”?`;
  return more ? `${shown + more} found; the first ${shown} are shown.` : `${shown} found.`;
}

function foundItem(hit, now, isLive) {
  const tick = made("input", "tick");
  Object.assign(tick, { type: "checkbox", value: hit.address, hidden: !isLive, checked: follows(hit.address), autocomplete: "off" });
  tick.dataset.name = hit.label;
  tick.setAttribute("aria-label", `Follow ${hit.label}`);
  const [name, ...others] = hit.names;
  const link = made("a", "", name);
  link.href = new URL(`${hit.address}/`, root);
  const rest = made("small", "", [hit.trust, others.length ? `also ${others.join(", ")}` : ""].filter(Boolean).join(" · "));
  const when = made("small", "when");
  sayNext(when, hit.days, now);
  return made("li", "", tick, " ", link, " ", rest, " ", when);
}
