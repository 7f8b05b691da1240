// What the site has, from /search.json: calfeed/formats/directory.py says what stands there.

import { away, fullDays, isOver, placeOf } from "./days.js";

const GENRE = /[\s-]+(portfolio|fund)$/i;
const OPEN_END = -1;
const STANDINGS = ["open", "done", "off"];
const LAST = 2e6; // behind all days

export class Directory {
  #texts;
  #byAddress;

  constructor({ texts, trusts, plans }) {
    this.#texts = texts;
    const each = trusts.map((row) => ({ trust: trustOf(row), rows: row[6] ?? [] }));
    const portfolios = each.flatMap(({ trust, rows }) => rows.map((row) => portfolioOf(row, trust)));
    this.plans = plans.map((row) => planOf(row, portfolios));
    this.listed = [...each.map(({ trust }) => trust), ...portfolios, ...this.plans];
    this.#byAddress = new Map(this.listed.map((listed) => [listed.address, listed]));
  }

  /** What stands at an address, or undefined. */
  at(address) {
    return this.#byAddress.get(address);
  }

  /** What is said of a reorganization before all else: its words, and `rank`, by which to sort what is said of several. */
  answer({ numbers, answer: [standing, place, said] }, now) {
    const [title, before, behind] = this.#texts[said];
    const day = daysIn(numbers, this.#texts)[place];
    if (standing || !day) return { standing: STANDINGS[standing], words: title, rank: standing ? LAST - (day?.first ?? 0) : LAST / 2 };
    const { first, last } = day;
    if (!isOver(day, now)) return { standing: "open", words: inWords(day, now), rank: placeOf(day, now), day };
    const words = `${title} ${before}${fullDays(first, last)}${behind}; no filing here says whether it took place`;
    return { standing: "past", words, rank: LAST - first, day };
  }

  /** When the milestones of some reorganizations are, each day once, by date. */
  days(reorganizations) {
    const days = new Map();
    for (const { numbers } of reorganizations) {
      for (const day of daysIn(numbers, this.#texts)) days.set(`${day.first} ${day.last} ${day.said}`, day);
    }
    return [...days.values()].sort((one, other) => one.first - other.first || (one.last ?? Infinity) - (other.last ?? Infinity));
  }
}

function trustOf([id, name, shortName, others = [], cik = "", label = ""]) {
  const names = distinct(name, shortName, ...others);
  return { address: `trusts/${id}`, label: label || name, short: shortName || name, names, cik, trust: "", trusts: [], reorganizations: [] };
}

function portfolioOf([name, id, label, others = []], trust) {
  return {
    address: `${trust.address}/${id || idOf(name)}`,
    label: label || `${name.replace(GENRE, "")} (${trust.short})`,
    names: [name, ...others],
    trust: name.toLowerCase() === trust.names[0].toLowerCase() ? "" : trust.short,
    trusts: [trust],
    reorganizations: [],
  };
}

/** A plan; each of its reorganizations is put beside all that it touches. */
function planOf([id, title, label, rows, mark = ""], portfolios) {
  const plan = { address: `plans/${id}`, label: label || title, names: [title], mark, trust: "", trusts: [], reorganizations: [], isPlan: true };
  let before = [];
  for (const [who, places, ...own] of rows) {
    before = own.length ? own : before;
    const [numbers, answer] = before;
    const touched = places.map((place) => portfolios[place]);
    const trusts = touched.flatMap((portfolio) => portfolio.trusts);
    plan.trusts = distinct(...plan.trusts, ...trusts);
    for (const each of new Set([plan, ...touched, ...trusts])) each.reorganizations.push({ who, mark, numbers, answer });
  }
  return plan;
}

/** The id of a portfolio that has none of its own in the list: its name as it stands in addresses. */
function idOf(name) {
  return name.toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "").replace(/(^|-)(portfolio|fund)$/, "");
}

/** The days that some numbers stand for; `said` tells what is said of them from all else that is. */
export function daysIn(numbers, texts) {
  const days = [];
  let first = 0;
  for (let at = 0; at < numbers.length; at += 3) {
    const said = numbers[at + 2];
    const [title, before, behind, meant] = texts[said];
    first += numbers[at];
    days.push({ first, last: numbers[at + 1] === OPEN_END ? null : first + numbers[at + 1], said, title, before, behind, meant });
  }
  return days;
}

/** What a day says, in one text: how far away it is stands before what it depends on. */
export function inWords(day, now) {
  const { first, last, title, before, behind } = day;
  const [how, ...depends] = behind.split("; ");
  return [`${title}: ${before}${fullDays(first, last)}${how} (${away(day, now)})`, ...depends].join("; ");
}

function distinct(...values) {
  return [...new Set(values.filter(Boolean))];
}
