// The search among trusts, portfolios and plans, by the same rules as calfeed/formats/search.py, which says them.

const MOST_FOUND = 50;
const MOST_WORDS = 20;
const LONGEST_RUN = 3; // how many words of a query may stand as one word in a name
const BEHIND = 2;
const LONG_WORD = 8;
const SHORT_WORD = 4;
const GENERIC = new Set("fund funds portfolio portfolios trust trusts series share shares inc llc ltd corp cik".split(" "));
const JOINING = new Set(["and", "of", "the"]);
const WORD = /\p{Nd}+|\p{L}+/gu;
const NONE = 5 + BEHIND; // a rank behind all others: not found
const AT_A_TIME = 2000; // names put into the index between two pauses
const OWN = 1; // a mark of a name: found in itself
const THROUGH_TRUST = 2; // found in a name of its trust

/** The words of a text by which it is searched. */
function wordsOf(text) {
  const letters = text.replace(/['’ʼ™℠®]/g, "").normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const words = letters.replace(/\b(?:a series of|class(?:es)? [a-z0-9]{1,2})\b/g, " ").match(WORD) ?? letters.match(WORD) ?? [];
  const found = words.filter((word) => !JOINING.has(word));
  return (found.length ? found : words).map((word) => word.replace(/^0+(?=.)/, ""));
}

/** The words that tell names apart: those that are not generic or, where there are no others, all. */
function telling(words) {
  const found = words.filter((word) => !GENERIC.has(word));
  return found.length ? found : words;
}

/** An index of what a site has: built once, and searched at each key. */
export class Search {
  #listed;
  #rows = []; // of each name the place of what it is a name of
  #joined = []; // of each name its telling words in one
  #trusts = new Map(); // of each trust its own names, and the names of what belongs to it
  #numbersOf = new Map(); // the numbers of the names in which something begins so
  #beginnings = []; // where words of names begin, each with those behind it without a gap, sorted
  #words = new Map(); // the words of names, and every two that follow each other as one, with how they are written

  constructor(listed) {
    this.#listed = listed;
  }

  /** The index of a list. A long one is built with pauses, so that the page goes on answering its reader. */
  static async of(listed) {
    const search = new Search(listed);
    for (let row = 0; row < listed.length; row += 1) {
      search.#add(listed[row], row);
      if (row % AT_A_TIME === AT_A_TIME - 1) await new Promise((resolve) => { setTimeout(resolve); });
    }
    search.#beginnings = [...search.#numbersOf.keys()].sort();
    return search;
  }

  #add(listed, row) {
    const names = listed.cik ? [...listed.names, `CIK ${listed.cik}`] : listed.names;
    const numbers = names.map((name) => this.#addName(name, row));
    if (!listed.trusts.length) this.#trusts.set(listed, { own: numbers, belonging: [] });
    for (const trust of listed.trusts) this.#trusts.get(trust).belonging.push(...numbers);
  }

  #addName(name, row) {
    const number = this.#rows.push(row) - 1;
    this.#addWords(wordsOf(name), number);
    return number;
  }

  #addWords(words, number) {
    const joined = telling(words).join("");
    this.#joined.push(joined);
    let beginning = "";
    for (let at = words.length - 1; at >= 0; at -= 1) {
      beginning = words[at] + beginning;
      put(this.#numbersOf, beginning, number);
      this.#words.set(words[at], words[at]);
      if (at) this.#note(words[at - 1], words[at]);
    }
    if (!beginning.startsWith(joined)) put(this.#numbersOf, joined, number);
  }

  #note(one, other) {
    if (!this.#words.has(one + other)) this.#words.set(one + other, `${one} ${other}`);
  }

  /** What has a name with all the words, as they are spelt: at most MOST_FOUND hits, and how many more there are. */
  find(query) {
    return this.#found(this.#fitting(queried(query), (run) => [run]));
  }

  /** What has a name spelt nearly so, and the words that were searched for instead. It takes longer. */
  findNear(query) {
    const words = queried(query);
    for (const near of [(word) => this.#nearest(word), (word) => this.#near(word).map(([known]) => known)]) {
      const rows = this.#fitting(words, near);
      if (rows.length) return { ...this.#found(rows), meant: this.#meant(words, near, rows[0]) };
    }
    return this.#found([]);
  }

  #found(rows) {
    const hits = rows.slice(0, MOST_FOUND).map((row) => this.#listed[row]);
    return { hits, meant: [], more: rows.length - hits.length };
  }

  /** The indexes of what has a name with all the words, best first; `takenFor` gives what a word may stand for. */
  #fitting(words, takenFor) {
    if (!words.length) return [];
    const runs = this.#runs(words, takenFor);
    const whole = words.join("");
    const best = new Uint8Array(this.#listed.length).fill(NONE);
    for (let number = 0; number < this.#rows.length; number += 1) {
      const row = this.#rows[number];
      best[row] = Math.min(best[row], this.#rank(rankOf(runs, number, words.length), number, whole));
    }
    const ranked = Array.from({ length: NONE }, () => []);
    for (let row = 0; row < best.length; row += 1) if (best[row] < NONE) ranked[best[row]].push(row);
    return ranked.flat();
  }

  /** The rank of a name: 0 if it equals the query, 1 if it begins with it, otherwise that of its words. */
  #rank(ofWords, number, whole) {
    if (ofWords === NONE) return NONE;
    const joined = this.#joined[number];
    if (joined === whole) return 0;
    const rank = joined.startsWith(whole) ? 1 : ofWords;
    return this.#listed[this.#rows[number]].isPlan ? rank + BEHIND : rank;
  }

  /** For each word of a query, the runs of words that begin with it: how many words, and the marks of each name. */
  #runs(words, takenFor) {
    return words.map((_, start) => {
      const ends = words.slice(start, start + LONGEST_RUN).map((_, more) => more + 1);
      const runs = ends.map((length) => ({ length, marks: this.#marks(takenFor(words.slice(start, start + length).join(""))) }));
      return runs.filter(({ marks }) => marks);
    });
  }

  /** The marks of the names that have a beginning with one of some words; null where no name has. */
  #marks(words) {
    const marks = new Uint8Array(this.#rows.length);
    let isFound = false;
    for (const word of words) {
      for (let at = this.#firstFrom(word); this.#beginnings[at]?.startsWith(word); at += 1) {
        isFound = true;
        for (const number of this.#numbersOf.get(this.#beginnings[at])) marks[number] |= OWN;
      }
    }
    for (const { own, belonging } of this.#trusts.values()) {
      if (own.some((number) => marks[number] & OWN)) for (const number of belonging) marks[number] |= THROUGH_TRUST;
    }
    return isFound ? marks : null;
  }

  /** The index of the first beginning that does not sort before a word. */
  #firstFrom(word) {
    let [low, high] = [0, this.#beginnings.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#beginnings[middle] < word) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** The known words that are spelt nearly like a word, each with its number of slips, the nearest first. */
  #near(word) {
    const most = mostSlips(word);
    const found = [];
    for (const known of this.#words.keys()) {
      const count = slips(word, known, most);
      if (count <= most) found.push([known, count]);
    }
    return found.sort(([one, few], [other, many]) => few - many || (one < other ? -1 : 1));
  }

  /** The known words with the fewest slips; for a word that a known one begins with, that word alone. */
  #nearest(word) {
    if (this.#beginnings[this.#firstFrom(word)]?.startsWith(word)) return [word];
    const near = this.#near(word);
    return near.filter(([, count]) => count === near[0][1]).map(([known]) => known);
  }

  /** What the words stand for in what was found; empty where they are all spelt as they are there. */
  #meant(words, near, row) {
    const there = [this.#listed[row], ...this.#listed[row].trusts];
    const texts = there.flatMap(({ names }) => names).map(wordsOf);
    const begin = texts.flatMap((each) => each.map((_, at) => each.slice(at).join("")));
    const known = words.map((word) => near(word).find((each) => begin.some((beginning) => beginning.startsWith(each))) ?? word);
    const meant = known.map((word) => this.#words.get(word) ?? word);
    return meant.join(" ") === words.join(" ") ? [] : meant;
  }
}

function queried(query) {
  return telling(wordsOf(query)).slice(0, MOST_WORDS);
}

function put(map, key, value) {
  const values = map.get(key);
  if (values) values.push(value);
  else map.set(key, [value]);
}

/** How well a name fits a query of so many words: 2 by itself, 3 or 4 with its trust's names. */
function rankOf(runs, number, count) {
  if (!reaches(runs, number, count, OWN | THROUGH_TRUST)) return NONE;
  if (reaches(runs, number, count, OWN)) return 2;
  return runs.some(([run]) => run?.length === 1 && run.marks[number] & OWN) ? 3 : 4;
}

/** Whether every word of a query is found in a name, alone or in a run, by one of some marks. */
function reaches(runs, number, count, wanted) {
  let reached = 1; // a bit for each word that may come next
  for (let start = 0; start < count; start += 1) {
    if (!(reached & (1 << start))) continue;
    for (const { length, marks } of runs[start]) if (marks[number] & wanted) reached |= 1 << (start + length);
  }
  return (reached & (1 << count)) !== 0;
}

/** How many slips a word may have: a short one, or one with a number in it, is never taken for another. */
function mostSlips(word) {
  if (word.length < SHORT_WORD || /\p{Nd}/u.test(word)) return 0;
  return word.length < LONG_WORD ? 1 : 2;
}

/**
 * How many letters of a word are too many, too few or wrong, or have changed places (optimal string alignment), against
 * a known word or as much of it as has been typed. A number above `most` where there are more.
 */
function slips(word, known, most) {
  if (known.startsWith(word)) return 0;
  if (!most || known.length < word.length - most) return most + 1;
  const other = known.slice(0, word.length + most);
  let [beforeLast, last] = [[], Array.from({ length: other.length + 1 }, (_, column) => column)];
  for (let row = 1; row <= word.length; row += 1) {
    const now = [row];
    let fewest = row;
    for (let column = 1; column <= other.length; column += 1) {
      const same = word[row - 1] === other[column - 1];
      let count = Math.min(last[column] + 1, now[column - 1] + 1, last[column - 1] + (same ? 0 : 1));
      const swapped = row > 1 && column > 1 && word[row - 1] === other[column - 2] && word[row - 2] === other[column - 1];
      if (swapped) count = Math.min(count, beforeLast[column - 2] + 1);
      now[column] = count;
      fewest = Math.min(fewest, count);
    }
    if (fewest > most + 1) return most + 1;
    [beforeLast, last] = [last, now];
  }
  const whole = known.length === other.length ? last[other.length] : most + 1;
  return Math.min(whole, last[Math.min(word.length, other.length)]);
}
