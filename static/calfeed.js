// What script adds to pages that work without it: today, search, absolute addresses, and what only a server can do
// (kinds, alarms, a selection), offered once /health has answered.
"use strict";

const root = new URL(document.currentScript.dataset.root || "./", location.href);
const all = (selector, within = document) => [...within.querySelectorAll(selector)];
const one = (selector, within = document) => within.querySelector(selector);
const show = (element, shown) => { if (element) element.hidden = !shown; };

// --- today -------------------------------------------------------------------------------------------------------

function markToday() {
  const now = new Date();
  const today = [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((n) => String(n).padStart(2, "0")).join("-");
  for (const figure of all(".timeline")) {
    const [start, end, day] = [figure.dataset.start, figure.dataset.end, today].map((text) => Date.parse(text));
    if (day < start || day >= end) continue;
    const x = `${(100 * (day - start)) / (end - start)}%`;
    for (const track of all(".track", figure)) {
      const line = document.createElementNS("http://www.w3.org/2000/svg", "line");
      for (const [name, value] of Object.entries({ x1: x, x2: x, y1: 0, y2: 20, class: "today" })) line.setAttribute(name, value);
      track.append(line);
    }
  }
  for (const item of all("[data-last]")) {
    if (item.dataset.last && item.dataset.last < today) item.classList.add("past");
  }
  for (const list of all(".agenda, .milestones tbody")) {
    const next = one('[data-last]:not([data-last=""], .past, [data-off])', list); // what has no day, or is off, is never next
    if (next) {
      next.classList.add("next");
      next.setAttribute("aria-current", "date");
    }
  }
  // Not scrollIntoView: it would scroll the page around a frame too.
  const next = one(".embed .next");
  if (next) scrollTo(0, next.offsetTop - 8);
  const section = one(".by-date");
  if (section && one(".next", section)) {
    one("h2", section).textContent = "What comes next";
    for (const item of all(".past", section)) show(item, false);
  }
}

// --- the subscribe panel -----------------------------------------------------------------------------------------

let live = false;

// What the reader follows, by address: a tick may stand in the list, in what the search found, or in both.
const followed = new Map();

function follow(tick) {
  if (tick.checked) followed.set(tick.value, tick.getAttribute("aria-label").replace("Follow ", ""));
  else followed.delete(tick.value);
  for (const other of all(".tick")) other.checked = followed.has(other.value);
}

// The same hosts that calfeed takes for unreachable when it knows its address.
function isReachable(host) {
  if (/^\[/.test(host) || /^\d+(\.\d+){3}$/.test(host)) {
    return !/^(\[(::|f[cd]|fe[89ab])|0\.|10\.|127\.|169\.254\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.)/.test(host);
  }
  return host.includes(".") && !/\.(local|localhost|internal|lan|test)$/.test(host);
}

function setUpPanel(panel) {
  const isSelection = panel.dataset.address === "selection";
  const base = panel.dataset.url ? `${panel.dataset.url}/` : root.href;
  const address = one(".address", panel);
  const said = one(".said", panel);

  function update() {
    const query = [];
    if (isSelection) for (const feed of followed.keys()) query.push(`feed=${feed}`);
    const chosen = query.length > 0;
    for (const kind of all("input[name=kind]:checked", panel)) query.push(`kind=${kind.value}`);
    const alarm = one("select[name=alarm]", panel);
    if (alarm && alarm.value) query.push(`alarm=${alarm.value}`);
    const suffix = query.length ? `?${query.join("&")}` : "";
    const url = `${base}${panel.dataset.address}.ics${suffix}`;
    const webcal = url.replace(/^https?:/, "webcal:");
    const reachable = isReachable(new URL(url).hostname);
    show(one(".unreachable", panel), !reachable);
    for (const way of all("li[data-link]", panel)) {
      one("a", way).href = way.dataset.link
        .replace("{webcal:plain}", () => webcal)
        .replace("{https}", () => encodeURIComponent(url))
        .replace("{webcal}", () => encodeURIComponent(webcal))
        .replace("{name}", () => encodeURIComponent(panel.dataset.name));
      show(way, reachable || !("reachesOut" in way.dataset));
    }
    address.href = address.textContent = url;
    one(".download", panel).href = `${url}${suffix ? "&" : "?"}download`;
    for (const link of all("a[data-format]", panel)) {
      link.href = `${root.href}${panel.dataset.address}.${link.dataset.format}${suffix}`;
    }
    for (const code of all("[data-embed]", panel)) {
      code.textContent = `<iframe src="${base}${code.dataset.embed}" title="${panel.dataset.name.replaceAll("&", "&amp;").replaceAll('"', "&quot;")}" width="100%" height="480"></iframe>`;
    }
    show(one(".embedding", panel), true); // its addresses are absolute now
    const picture = one(".qr img", panel);
    if (picture && (chosen || !isSelection)) picture.src = `${root.href}${panel.dataset.address}.svg${suffix}`;
    if (isSelection) {
      show(panel, live);
      panel.classList.toggle("empty-selection", !chosen);
      show(one(".nothing", panel), !chosen);
      one(".followed", panel).textContent = [...followed.values()].join("; ");
    }
  }

  const qr = one(".qr", panel);
  if (qr) {
    // An address may be too long for a picture.
    one("img", qr).addEventListener("error", () => show(qr, false));
    one("img", qr).addEventListener("load", () => show(qr, true));
  }
  panel.addEventListener("change", update);
  if (isSelection) document.addEventListener("calfeed:followed", update);
  document.addEventListener("calfeed:live", update);
  for (const button of all(".copy, .copy-snippet", panel)) {
    show(button, true);
    button.addEventListener("click", () => copy(button.matches(".copy") ? address : one("code", button.previousElementSibling), said));
  }
  update();
}

async function copy(element, said) {
  try {
    await navigator.clipboard.writeText(element.textContent);
    said.textContent = "Copied.";
  } catch {
    // Not every page may write to the clipboard: then the text is selected, ready for the keyboard.
    getSelection().selectAllChildren(element);
    said.textContent = "Selected: press Ctrl+C, or ⌘C on a Mac.";
  }
}

// Without accents and capitals, so that "societe" finds "Société".
const folded = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

// --- search ------------------------------------------------------------------------------------------------------

const MOST_FOUND = 50;

function setUpSearch() {
  const input = one("#search");
  if (!input) return;
  show(input.closest("section"), true);
  let rows;
  const load = () => {
    rows ??= fetch(new URL("search.json", root)).then((answer) => answer.json()).then((found) =>
      found.map(([name, trust, at, ...others]) => ({ name, trust, at, others, text: folded([name, trust, ...others].join("\n")) })));
    rows.catch(() => { rows = undefined; }); // so that the next letter tries again
    return rows;
  };
  input.addEventListener("focus", load, { once: true });
  input.addEventListener("input", async () => {
    const known = await load();
    const words = folded(input.value).split(/\s+/).filter(Boolean); // read after waiting: more may have been typed meanwhile
    const found = words.length ? known.filter((row) => words.every((word) => row.text.includes(word))) : [];
    one(".found").replaceChildren(...found.slice(0, MOST_FOUND).map(foundItem));
    one(".found-count").textContent = !words.length ? ""
      : found.length === 0 ? "Nothing matches. Try one word of the name, or an earlier name."
      : found.length > MOST_FOUND ? `${found.length} match; the first ${MOST_FOUND} are shown.` : `${found.length} found.`;
  });
}

function foundItem(row) {
  const item = document.createElement("li");
  const tick = document.createElement("input");
  Object.assign(tick, { type: "checkbox", className: "tick", value: row.at, hidden: !live, checked: followed.has(row.at) });
  tick.setAttribute("aria-label", `Follow ${row.name}${row.trust ? `, ${row.trust}` : ""}`);
  const link = document.createElement("a");
  link.href = new URL(`${row.at}/`, root);
  link.textContent = row.name;
  const rest = document.createElement("small");
  rest.textContent = [row.trust, row.others.length ? `also ${row.others.join(", ")}` : ""].filter(Boolean).join(" · ");
  item.append(tick, " ", link, " ", rest);
  return item;
}

// --- start -------------------------------------------------------------------------------------------------------

markToday();
document.addEventListener("change", (event) => {
  if (!event.target.matches(".tick")) return;
  follow(event.target);
  document.dispatchEvent(new Event("calfeed:followed"));
});
for (const tick of all(".tick")) tick.checked = false; // a browser may have kept them from before
for (const panel of all(".panel")) setUpPanel(panel);
setUpSearch();
if (one(".panel")) {
  fetch(new URL("health", root), { method: "HEAD" }).then((answer) => {
    live = answer.ok;
    for (const element of all(".choice, .tick")) show(element, live);
    document.dispatchEvent(new Event("calfeed:live"));
  }, () => {});
}
