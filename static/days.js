// Days as numbers since January 1, 1970, and how people say them.

const MILLISECONDS = 86_400_000;
const LONG = 90; // days after which an open end counts as past
const FULL = new Intl.DateTimeFormat("en-US", { weekday: "long", year: "numeric", month: "long", day: "numeric", timeZone: "UTC" });

/** The reader's own day. */
export function today() {
  const now = new Date();
  return Date.UTC(now.getFullYear(), now.getMonth(), now.getDate()) / MILLISECONDS;
}

/** A day as `2031-02-28` to its number; null for an empty text. */
export function dayOf(text) {
  return text ? Date.parse(text) / MILLISECONDS : null;
}

/** A day as `Friday, February 28, 2031`. */
export function fullDay(day) {
  return FULL.format(new Date(day * MILLISECONDS));
}

/** A day, or the first and the last of several; the year once where it is the same. */
export function fullDays(first, last) {
  if (last === null || first === last) return fullDay(first);
  const [begin, end] = [fullDay(first), fullDay(last)];
  const year = end.slice(-6);
  return `${begin.endsWith(year) ? begin.slice(0, -6) : begin} to ${end}`;
}

/** Whether a day is over; last is null where the end is open. */
export function isOver({ first, last }, now) {
  return last === null ? first !== null && first + LONG < now : last < now;
}

/** By which day to sort a day among what comes next: of several days that have begun, by the last. */
export function placeOf({ first, last }, now) {
  return first >= now ? first : last ?? now;
}

/** How far away a day is; an end may be open. Of a window one day is meant, of other days that follow each other all. */
export function away({ first, last, meant }, now) {
  if (last === null && first < now) return "any day now";
  if (meant === "limit") return `${inDays(first - now)} at the ${last === null ? "earliest" : "latest"}`;
  if (last === null || last === first) return inDays(first - now);
  if (meant === "window") return within(first - now, last - now);
  return first < now ? `ends ${inDays(last - now)}` : `begins ${inDays(first - now)}`;
}

function within(fewest, most) {
  if (fewest > 0) return `in ${said(most, unitOf(fewest), fewest)}`;
  return ["today", "today or tomorrow"][most] ?? `within ${said(most)}`;
}

function inDays(days) {
  return ["today", "tomorrow"][days] ?? `in ${said(days)}`;
}

// What is far away is said in months and, from two years on, in half years: nobody counts on that day by days.
const UNITS = [
  { name: "years", from: 730, days: 365.25, parts: 2 },
  { name: "months", from: 100, days: 365.25 / 12, parts: 1 },
  { name: "days", from: 0, days: 1, parts: 1 },
];

const unitOf = (days) => UNITS.find(({ from }) => days >= from);

/** Days in words such as `40 days` and `about 3½ years`; with the fewest as `3 to 40 days`. */
function said(most, unit = unitOf(most), fewest = most) {
  const [first, last] = [fewest, most].map((days) => rounded(days, unit));
  return `${unit.from ? "about " : ""}${first === last ? last : `${first} to ${last}`} ${unit.name}`;
}

function rounded(days, unit) {
  return String(Math.round((days * unit.parts) / unit.days) / unit.parts).replace(".5", "½");
}
