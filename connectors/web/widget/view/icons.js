/** The widget's pictures, drawn as SVG nodes. */

const SVG = "http://www.w3.org/2000/svg";

const PATHS = {
  mark: [
    "M5 3.5h14a2.5 2.5 0 0 1 2.5 2.5v9.5A2.5 2.5 0 0 1 19 18h-6l-4.5 3.5V18H5a2.5 2.5 0 0 1-2.5-2.5V6A2.5 2.5 0 0 1 5 3.5Z",
    "M7 9.2 12 6.3l5 2.9M8.6 11v2.6M12 11v2.6M15.4 11v2.6M7.2 15.2h9.6",
  ],
  close: ["M6 6l12 12M18 6 6 18"],
  send: ["M4.5 12 20 4.5 15.5 20l-4-6.5-7-1.5ZM11.5 13.5 20 4.5"],
  shield: ["M12 3.2 5 6v5.4c0 4.3 2.9 7.7 7 9.4 4.1-1.7 7-5.1 7-9.4V6l-7-2.8Z", "M9 11.8l2.2 2.2 4-4.2"],
  outward: ["M13.5 5H19v5.5M19 5l-8 8M17 14v3.5A1.5 1.5 0 0 1 15.5 19h-9A1.5 1.5 0 0 1 5 17.5v-9A1.5 1.5 0 0 1 6.5 7H10"],
  down: ["M12 5v14M6 13l6 6 6-6"],
  fold: ["M7 10l5 5 5-5"],
  clock: ["M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16ZM12 8v4.2l2.8 1.8"],
};

/** Return one picture; it is decoration, the words beside it carry the meaning. */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  svg.setAttribute("class", `icon icon-${name}`);
  for (const d of PATHS[name]) {
    const path = document.createElementNS(SVG, "path");
    path.setAttribute("d", d);
    svg.append(path);
  }
  return svg;
}
