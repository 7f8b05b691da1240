// What depends on the reader's day: what is past, what comes next and how far away it is.

import { away, dayOf, fullDay, isOver, placeOf, today } from "./days.js";
import { all, isPrivate, made, one, show } from "./site.js";

// An open end counts as past after some time, but nothing says that it lies before today.
const BEFORE_TODAY = '.past:not([data-last=""])';

export function markToday() {
  const now = today();
  for (const element of all(".without-script")) show(element, false);
  for (const element of all("[data-first]")) mark(element, now);
  for (const figure of all(".timeline")) drawToday(figure, now);
  for (const body of all(".milestones tbody")) putPastBelow(body);
  for (const list of all(".answers")) answer(list, now);
  for (const list of all(".embed .agenda")) foldPast(list);
  for (const brief of all(".briefs .past")) brief.textContent = brief.dataset.passed;
  const printed = one(".printed");
  if (printed) {
    const day = fullDay(now);
    printed.textContent = isPrivate ? `Printed on ${day}` : `${location.origin}${location.pathname}, printed on ${day}`;
    show(printed, true);
  }
}

/** The first and the last day of an element: null where there is none, or where the end is open. */
const daysOf = ({ dataset: { first, last, meant } }) => ({ first: dayOf(first), last: dayOf(last), meant });

function mark(element, now) {
  const { first, last } = daysOf(element);
  element.classList.toggle("past", isOver({ first, last }, now));
  if (first <= now && last !== null && now <= last) element.setAttribute("aria-current", "date");
}

function drawToday(figure, now) {
  const [start, end] = [dayOf(figure.dataset.start), dayOf(figure.dataset.end)];
  if (now < start || now >= end) return;
  const x = `${(100 * (now - start)) / (end - start)}%`;
  for (const track of all(".track", figure)) {
    const line = document.createElementNS("http://www.w3.org/2000/svg", "line");
    for (const [name, value] of Object.entries({ x1: x, x2: x, y1: 0, y2: 20, class: "today" })) line.setAttribute(name, value);
    track.append(line);
  }
  show(one(".today-key"), true);
}

function putPastBelow(body) {
  const past = all(`tr${BEFORE_TODAY}`, body);
  if (!past.length || past.length === body.rows.length) return;
  const heading = made("th", "", "Before today");
  heading.colSpan = 3;
  heading.scope = "rowgroup";
  body.after(made("tbody", "over", made("tr", "group", heading), ...past));
}

function answer(list, now) {
  for (const item of list.children) {
    const lead = one(".answer-lead", item);
    const said = lead.textContent;
    if (item.classList.contains("past")) {
      lead.textContent = lead.dataset.passed;
      one(".answer-more", item).remove(); // what it depended on no longer tells
    } else if (item.dataset.first) {
      one(".away", item).textContent = ` (${away(daysOf(item), now)})`;
    }
    if (!item.classList.contains("done")) sayNext(item, said, now);
  }
  list.append(...[...list.children].sort((one, other) => rank(one) - rank(other)));
}

/** What is open comes first, by its day; then what is past or done, the latest first. */
function rank(item) {
  const isOpen = !item.matches(".past, .off, .done");
  const first = dayOf(item.dataset.first);
  if (isOpen) return first ?? 1e6;
  return 2e6 - (first ?? 0);
}

/** Say what comes next of a reorganization, but for what its answer has said already. */
function sayNext(item, said, now) {
  const { first, last } = item.dataset;
  const isSaid = ({ row, what }) => row.dataset.first === first && row.dataset.last === last && said.startsWith(`${what}: `);
  const rows = all(`#table-${CSS.escape(item.dataset.table)} tr[data-first]:not(.past, [data-off])`);
  const ahead = rows.map((row) => ({ row, what: one("th", row).firstChild.textContent.trim(), ...daysOf(row) }));
  const [next] = ahead.filter((each) => !isSaid(each)).sort((some, other) => placeOf(some, now) - placeOf(other, now));
  if (!next) return;
  const day = one(".day", next.row).textContent.trim();
  const depends = next.row.dataset.depends ? `; ${next.row.dataset.depends}` : "";
  one(".answer-next", item).textContent = `Next: ${next.what}, ${day} (${away(next, now)})${depends}.`;
}

function foldPast(list) {
  const past = all(`li${BEFORE_TODAY}`, list);
  if (!past.length) return;
  const older = made("ul", "agenda", ...past.reverse());
  if (!list.children.length) list.replaceWith(made("p", "empty", "Nothing is planned."), folded(older));
  else list.after(folded(older));
}

function folded(older) {
  return made("details", "earlier", made("summary", "", `${older.children.length} earlier`), older);
}
