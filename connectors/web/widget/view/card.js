/** Draws a looked-up result: rows, folded sections, notes, date, source and link. */

import { make } from "./dom.js";
import { icon } from "./icons.js";
import { safeUrl } from "./text.js";

const FEW = 3;

/** Return a list of label and value lines. */
function rowList(rows) {
  const lines = rows.map(({ label, value, emphasis }) =>
    make(
      "div",
      { class: emphasis ? "row row-total" : "row" },
      make("dt", {}, label),
      make("dd", {}, value),
    ),
  );
  return make("dl", { class: "rows" }, ...lines);
}

/** Return a section that folds; a short one starts unfolded. */
function section({ title, rows }) {
  return make(
    "details",
    { class: "section", open: rows.length <= FEW },
    make("summary", {}, make("span", {}, title), icon("fold")),
    rowList(rows),
  );
}

/** Return the button to an agency's e-service, with its domain in sight, or null. */
export function serviceLink(link, words) {
  const url = link && safeUrl(link.url);
  if (!url) return null;
  const label = words.say("link", { label: link.label, domain: url.host });
  return make(
    "a",
    {
      class: "service",
      href: url.href,
      target: "_blank",
      rel: "noopener noreferrer",
      "aria-label": label,
      "data-testid": "card-link",
    },
    make(
      "span",
      { class: "service-words" },
      make("span", { class: "service-label" }, link.label),
      make("span", { class: "service-domain" }, url.host),
    ),
    icon("outward"),
  );
}

/** Return the card of a reply. */
export function card(reply, words) {
  const source = make(
    "p",
    { class: "source" },
    make("span", {}, words.say("source")),
    " ",
    make("strong", {}, reply.source),
  );
  const parts = [
    make("h3", { class: "card-title" }, reply.title),
    rowList(reply.rows),
    ...(reply.sections ?? []).map(section),
    ...(reply.notes ?? []).map((note) => make("p", { class: "note" }, note)),
    make("p", { class: "as-of" }, icon("clock"), reply.as_of_text),
    source,
    serviceLink(reply.link, words),
  ];
  return make("div", { class: "card", "data-testid": "card" }, ...parts);
}
