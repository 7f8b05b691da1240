// What the reader follows. It stands in the address, as `?feed=…`, so that it can be reloaded, shared and edited; links
// to other pages take it along. Going back leads to an older address: there the latest selection of this tab is put
// into the address again, so that nothing that was chosen is lost and nothing appears that was not.

import { all, root } from "./site.js";

const KEY = `calfeed selection ${root.pathname}`;
const listeners = [];
let chosen = [];

/** The addresses of the feeds that the reader follows, in the order in which they were chosen. */
export const followed = () => [...chosen];
export const follows = (address) => chosen.includes(address);

/** Have a function called whenever the selection changes. */
export function onChange(listener) {
  listeners.push(listener);
}

export function toggle(address, isFollowed) {
  set(isFollowed ? [...chosen, address] : chosen.filter((each) => each !== address));
}

export function clear() {
  set([]);
}

/** Begin with what the address says; call it once. */
export function start() {
  const [navigation] = performance.getEntriesByType("navigation");
  restore(navigation?.type === "back_forward");
  addEventListener("pageshow", (event) => { if (event.persisted) restore(true); });
  addEventListener("popstate", () => restore(false));
}

/** An address of a page with the selection in it. */
export function withSelection(address) {
  const url = new URL(address);
  url.searchParams.delete("feed");
  const others = url.searchParams.toString();
  url.search = [others, query()].filter(Boolean).join("&");
  return url.href;
}

/** The selection as a part of a query, its feeds in an order of their own. */
export function query(feeds = chosen) {
  return feeds.map((feed) => `feed=${encodeURIComponent(feed).replaceAll("%2F", "/")}`).join("&");
}

/** Let the links of an element to pages of this site take the selection along. */
export function carry(within) {
  for (const link of all("a[href]", within)) {
    const url = new URL(link.href);
    const isPage = url.href.startsWith(root.href) && url.pathname.endsWith("/") && !link.hasAttribute("download");
    if (isPage && !link.getAttribute("href").startsWith("#")) link.href = withSelection(link.href);
  }
}

function restore(isReturn) {
  const there = new URLSearchParams(location.search).getAll("feed");
  const latest = isReturn ? remembered() : null;
  set(latest ?? there);
}

function set(feeds) {
  chosen = [...new Set(feeds)];
  const address = withSelection(location.href);
  if (address !== location.href) history.replaceState(history.state, "", address);
  remember();
  carry(document);
  for (const listener of listeners) listener();
}

function remembered() {
  try {
    return JSON.parse(sessionStorage.getItem(KEY));
  } catch {
    return null; // a browser may keep it from pages: the address is enough for all but going back
  }
}

function remember() {
  try {
    sessionStorage.setItem(KEY, JSON.stringify(chosen));
  } catch {
    // as above
  }
}
