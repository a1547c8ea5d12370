/** Builds DOM nodes one by one, so that no text is ever parsed as markup. */

/** Return an element with attributes, `on...` listeners and children. */
export function make(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : String(value));
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

/** Return text that only assistive technology reads. */
export function unseen(text) {
  return make("span", { class: "unseen" }, text);
}
