// What every script of the pages needs: the site's addresses, elements by selector, what is said to the reader.

/** The address of the first page, to which all others are relative. */
export const root = new URL("..", import.meta.url);
export const all = (selector, within = document) => [...within.querySelectorAll(selector)];
export const one = (selector, within = document) => within.querySelector(selector);
export const show = (element, shown) => { if (element) element.hidden = !shown; };

/** The address that calendars are given: the public one where the site has one. */
export const base = document.body.dataset.url ? `${document.body.dataset.url}/` : root.href;
/** Whether the address of the page holds a reader's token, and is for nobody else. */
export const isPrivate = "private" in document.body.dataset;
export const title = document.body.dataset.title;

/** An element of some class with a text or with children. */
export function made(tag, className, ...children) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  element.append(...children);
  return element;
}

/** Tell readers who do not see what has changed (WCAG 2.2, 4.1.3). */
export function announce(text) {
  const heard = one(".heard");
  if (heard) heard.textContent = text;
}
