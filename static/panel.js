// The subscribe panel: its links and addresses follow what the reader chooses.

import { all, announce, base, made, one, root, show, title } from "./site.js";
import { carry, clear, followed, onChange, query, toggle } from "./selection.js";

const LONGEST_LIST = 120;

// The same hosts that calfeed takes for unreachable when it knows its address.
function isReachable(host) {
  if (/^\[/.test(host) || /^\d+(\.\d+){3}$/.test(host)) {
    return !/^(\[(::|f[cd]|fe[89ab])|0\.|10\.|127\.|169\.254\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.)/.test(host);
  }
  return host.includes(".") && !/\.(local|localhost|internal|lan|test)$/.test(host);
}

/** Names as many as fit, and how many more there are: what calfeed calls a calendar of them. */
function listed(names) {
  const shown = [names[0]];
  for (const name of names.slice(1)) {
    if ([...shown, name].join("; ").length > LONGEST_LIST) break;
    shown.push(name);
  }
  const more = names.length - shown.length;
  return `${shown.join("; ")}${more ? ` and ${more} more` : ""}`;
}

/** Set up a panel; `labelOf` gives the name of the feed at an address, or the address. */
export function setUpPanel(panel, labelOf) {
  const own = { address: panel.dataset.address, name: panel.dataset.name };
  const heading = one("h2", panel);
  const ownHeading = heading.textContent;
  const embedding = one(".embedding", panel); // not on private pages, whose address is for nobody else
  let live = false;

  function subject() {
    const feeds = live && "selectable" in panel.dataset ? followed().sort() : [];
    if (!feeds.length) return { ...own, query: "", heading: ownHeading };
    const names = feeds.map(labelOf);
    const many = feeds.length === 1 ? "what you follow" : `the ${feeds.length} that you follow`;
    return { address: "selection", name: `${title}: ${listed(names)}`, query: query(feeds), heading: `Subscribe to ${many}` };
  }

  function update() {
    const { address, name, query: feeds, heading: text } = subject();
    const boxes = all("[name=kind]:checked", panel);
    const kinds = boxes.map((box) => `kind=${box.value}`).join("&");
    const alarm = one("[name=alarm]", panel).value;
    const terms = [feeds, kinds, alarm && `alarm=${alarm}`].filter(Boolean).join("&");
    const suffix = terms ? `?${terms}` : "";
    const url = `${base}${address}.ics${suffix}`;
    const kindNames = boxes.map((box) => box.parentElement.textContent.trim().replace(/^Only c/, "C"));
    const fullName = kindNames.length ? `${name} (${kindNames.sort().join(", ")})` : name;
    heading.textContent = text;
    one(".address", panel).textContent = url;
    const reachable = isReachable(new URL(base).hostname);
    show(one(".unreachable", panel), !reachable);
    for (const way of all(".ways > details", panel)) {
      if ("reachesOut" in way.dataset) show(way, reachable);
    }
    for (const link of all("a.way", panel)) {
      link.href = link.dataset.link
        .replace("{https}", () => encodeURIComponent(url))
        .replace("{webcal}", () => url.replace(/^https?:/, "webcal:"))
        .replace("{name}", () => encodeURIComponent(fullName));
      show(link, true);
    }
    one(".download", panel).href = `${root.href}${address}.ics${suffix}${suffix ? "&" : "?"}download`;
    for (const link of all("a[data-format]", panel)) link.href = `${root.href}${address}.${link.dataset.format}${suffix}`;
    const picture = one(".qr img", panel);
    if (picture) picture.src = `${root.href}${address}.svg${suffix}`;
    if (embedding) embed(address, fullName, [feeds, kinds].filter(Boolean).join("&"));
    listFollowed();
  }

  function embed(address, name, terms) {
    const [look, theme] = ["look", "theme"].map((each) => one(`[name=${each}]`, panel).value);
    const all_terms = [terms, theme === "light" ? "" : `theme=${theme}`].filter(Boolean).join("&");
    const path = `embed/${look}/${address}/${all_terms ? `?${all_terms}` : ""}`;
    const quoted = (text) => text.replaceAll("&", "&amp;").replaceAll('"', "&quot;");
    const snippet = one(".snippet", panel);
    snippet.textContent = `<iframe src="${quoted(base + path)}" title="${quoted(name)}" width="100%" height="480" loading="lazy"></iframe>`;
    show(snippet.parentElement, true);
    one(".preview-link", panel).href = root.href + path;
    const preview = one(".preview", panel);
    if (!embedding.open || preview.src === root.href + path) return;
    // A new frame each time: one whose address changes while it loads may stay at the address before.
    const next = preview.cloneNode();
    next.src = root.href + path;
    preview.replaceWith(next);
  }

  function listFollowed() {
    const list = one(".followed", panel);
    if (!list) return;
    const feeds = live ? followed() : [];
    list.replaceChildren(...feeds.map((feed) => {
      const name = labelOf(feed);
      const link = made("a", "", name);
      link.href = new URL(`${feed}/`, root);
      const remove = made("button", "remove", "Remove");
      remove.type = "button";
      remove.setAttribute("aria-label", `Remove ${name}`);
      remove.addEventListener("click", () => {
        toggle(feed, false);
        heading.tabIndex = -1;
        heading.focus(); // the button that had it is gone
      });
      return made("li", "", link, " ", remove);
    }));
    carry(list);
    show(list, feeds.length > 0);
    show(one(".followed-hint", panel), live && !feeds.length);
  }

  // What only a server can do is offered once there is one.
  function goLive() {
    live = true;
    for (const element of all(".choice, .embed-choice", panel)) show(element, true);
    update();
  }

  const qr = one(".qr", panel);
  if (qr) {
    // An address may be too long for a picture.
    one("img", qr).addEventListener("error", () => show(qr, false));
    one("img", qr).addEventListener("load", () => show(qr, true));
  }
  panel.addEventListener("change", update);
  embedding?.addEventListener("toggle", update);
  onChange(update);
  setUpCopying(panel);
  if (!isReachable(new URL(base).hostname)) one(".ways > details:not([data-reaches-out])", panel).open = true;
  update();
  return { goLive, update };
}

function setUpCopying(panel) {
  const address = one(".address", panel);
  const pairs = [[one(".copy", panel), address], [one(".copy-snippet", panel), one(".snippet", panel)]];
  for (const [button, element] of pairs.filter(([each]) => each)) {
    show(button, true);
    button.addEventListener("click", () => copy(element, button.nextElementSibling));
  }
  const copyAddress = () => copy(address, one(".copy", panel).nextElementSibling);
  address.addEventListener("click", copyAddress);
  for (const link of all("a.way", panel)) {
    if (link.dataset.link.includes("{")) continue; // the address stands in the link
    link.addEventListener("click", copyAddress);
  }
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

/** The bar that says how many the reader follows, and leads to the panel. */
export function setUpBar() {
  const bar = one(".bar");
  if (!bar) return;
  let before = followed().length;
  const update = () => {
    const count = followed().length;
    show(bar, count > 0);
    document.body.classList.toggle("has-bar", count > 0);
    one(".bar-count", bar).textContent = `${count} followed`;
    if (count !== before) announce(`${count} followed`);
    before = count;
  };
  one(".bar-clear", bar).addEventListener("click", () => {
    clear();
    one("main").tabIndex = -1;
    one("main").focus();
  });
  onChange(update);
  update();
}
