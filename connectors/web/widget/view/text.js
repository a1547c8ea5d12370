/** Shows a message's text: line breaks as they are, https addresses as links. */

import { make } from "./dom.js";

// Only the ASCII of RFC 3986: Thai follows an address without a space.
const ADDRESS = /https:\/\/[\w\-.~:/?#[\]@!$&'()*+,;=%]+/g;
const TRAILING = /[.,;:!?')\]]+$/;

/** Return the URL when it is https and hides nothing before an `@`, or null. */
export function safeUrl(address) {
  let url;
  try {
    url = new URL(address);
  } catch {
    return null;
  }
  const plain = url.protocol === "https:" && !url.username && !url.password;
  return plain ? url : null;
}

/** Return a link whose visible text begins with the true domain. */
function addressLink(url) {
  const rest = url.href.slice(url.origin.length).replace(/^\/$/, "");
  return make(
    "a",
    { href: url.href, target: "_blank", rel: "noopener noreferrer" },
    make("strong", {}, url.host),
    rest,
  );
}

/** Return the nodes of a text; `white-space: pre-wrap` keeps its line breaks. */
export function textNodes(text) {
  const nodes = [];
  let end = 0;
  for (const found of text.matchAll(ADDRESS)) {
    const address = found[0].replace(TRAILING, "");
    const url = safeUrl(address);
    if (!url) continue;
    nodes.push(text.slice(end, found.index), addressLink(url));
    end = found.index + address.length;
  }
  nodes.push(text.slice(end));
  return nodes.filter((node) => node !== "");
}
