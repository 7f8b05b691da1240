// The search among trusts, portfolios and plans, by the same rules as calfeed/formats/search.py, which says them.

import { fullDays } from "./days.js";

export const MOST_FOUND = 50;
const GENERIC = new Set(["fund", "funds", "portfolio", "portfolios", "trust", "trusts", "series", "the", "inc"]);
const BEHIND = 2;
const LONG_WORD = 8;
const SHORT_WORD = 4;

/** The words of a text by which it is searched. */
function wordsOf(text) {
  const plain = text.replaceAll("&", " and ").normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  return plain.match(/[\p{L}\p{N}]+/gu) ?? [];
}

/** The words that tell names apart: those that are not generic or, where there are no others, all. */
function telling(words) {
  const found = words.filter((word) => !GENERIC.has(word));
  return found.length ? found : words;
}

/** What /search.json says, as objects. */
export function readDirectory({ words, rows }) {
  return rows.map(([address, label, names, trust, trusts, cik, who, numbers]) => {
    const days = [];
    for (let at = 0; at < numbers.length; at += 3) {
      const [first, follow, said] = numbers.slice(at, at + 3);
      const [title, before, behind] = words[said];
      days.push({ first, last: follow < 0 ? null : first + follow, title, before, behind });
    }
    return { address, label, names, trust, trusts, cik, who, days };
  });
}

/** The first of some days that is not over, or undefined. */
export function nextDay(days, now) {
  const ahead = days.filter(({ last }) => last === null || last >= now);
  return ahead.find(({ first }) => first >= now) ?? ahead[0];
}

/** What a day says, in one text. */
export function inWords({ first, last, title, before, behind }) {
  return `${title}: ${before}${fullDays(first, last)}${behind}`;
}

export class Search {
  constructor(listed) {
    this.rows = listed.map((each) => ({ listed: each, names: each.names.map(searchable) }));
    const trusts = new Map(this.rows.filter((row) => !row.listed.trusts.length)
      .map((row) => [row.listed.address, row.names.map((name) => name.beginnings).join("")]));
    for (const row of this.rows) row.context = row.listed.trusts.map((address) => trusts.get(address) ?? "").join("");
  }

  /** At most MOST_FOUND hits, the words that were taken for the given ones, and how many hits there are beyond. */
  find(query) {
    const words = telling(wordsOf(query));
    if (!words.length) return { hits: [], meant: [], more: 0 };
    let hits = this.hits(words);
    let meant = [];
    if (!hits.length) {
      meant = words.map((word) => misspelt(word, this.vocabulary()) ?? word);
      hits = this.hits(meant);
    }
    return { hits: hits.slice(0, MOST_FOUND), meant: hits.length ? meant : [], more: Math.max(0, hits.length - MOST_FOUND) };
  }

  hits(words) {
    const joined = words.join("");
    const ranked = Array.from({ length: 5 + BEHIND }, () => []);
    for (const row of this.rows) {
      const rank = this.rank(words, joined, row);
      if (rank < ranked.length) ranked[rank].push(row.listed);
    }
    return ranked.flat();
  }

  rank(words, joined, { listed, names, context }) {
    if (listed.cik && withoutZeros(joined.replace(/^cik/, "")) === withoutZeros(listed.cik)) return 0;
    let rank = Infinity;
    for (const name of names) rank = Math.min(rank, rankOfName(words, joined, name, context));
    return rank && listed.address.startsWith("plans/") ? rank + BEHIND : rank;
  }

  vocabulary() {
    this.known ??= [...new Set(this.rows.flatMap((row) => row.listed.names.flatMap(wordsOf)))].sort();
    return this.known;
  }
}

const withoutZeros = (number) => number.replace(/^0+/, "");

function searchable(name) {
  const words = wordsOf(name);
  return { joined: telling(words).join(""), beginnings: words.map((_, number) => ` ${words.slice(number).join("")}`).join("") };
}

function rankOfName(words, joined, name, context) {
  if (name.joined === joined) return 0;
  if (name.joined.startsWith(joined)) return 1;
  if (allBegin(words, name.beginnings)) return 2;
  // Putting texts together takes longest: only where the trust's names have one of the words.
  if (!context || !words.some((word) => context.includes(` ${word}`))) return Infinity;
  if (!allBegin(words, name.beginnings + context)) return Infinity;
  return words.some((word) => name.beginnings.includes(` ${word}`)) ? 3 : 4;
}

function allBegin(words, beginnings) {
  let number = 0;
  while (number < words.length) {
    if (beginnings.includes(` ${words[number]}`)) number += 1;
    else if (number + 1 < words.length && beginnings.includes(` ${words[number]}${words[number + 1]}`)) number += 2;
    else return false;
  }
  return true;
}

/** The nearest known word within one slip, or two in a long word; null where the word begins a known one. */
function misspelt(word, known) {
  if (word.length < SHORT_WORD) return null;
  let fewest = (word.length >= LONG_WORD ? 2 : 1) + 1;
  let best = null;
  for (const each of known) {
    if (each.startsWith(word)) return null;
    if (each.length < word.length - 2) continue;
    const slips = Math.min(distance(word, each), distance(word, each.slice(0, word.length)));
    if (slips < fewest) [best, fewest] = [each, slips];
  }
  return best;
}

/** How many letters are too many, too few, wrong or have changed places (optimal string alignment). */
function distance(one, other) {
  let [beforeLast, last] = [[], Array.from({ length: other.length + 1 }, (_, column) => column)];
  for (let row = 1; row <= one.length; row += 1) {
    const now = [row];
    for (let column = 1; column <= other.length; column += 1) {
      const same = one[row - 1] === other[column - 1];
      now[column] = Math.min(last[column] + 1, now[column - 1] + 1, last[column - 1] + (same ? 0 : 1));
      const swapped = row > 1 && column > 1 && one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
      if (swapped) now[column] = Math.min(now[column], beforeLast[column - 2] + 1);
    }
    [beforeLast, last] = [last, now];
  }
  return last[other.length];
}
