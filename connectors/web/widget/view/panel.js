/** The window of the chat: a dialog beside the page, or the whole of a phone. */

import { make } from "./dom.js";

const WHOLE_SCREEN = "(max-width: 480px), (max-height: 520px)";
const STOPS = "button, [href], textarea, summary, [tabindex='0']";

/** Holds focus inside while it covers the page; Escape closes it. */
export class Panel {
  #close;
  #overflow = "";

  constructor(words, parts, close) {
    this.#close = close;
    this.node = make(
      "div",
      {
        class: "panel",
        role: "dialog",
        "aria-labelledby": "title",
        "data-testid": "panel",
        hidden: true,
      },
      ...parts.map((part) => part.node),
    );
    this.node.addEventListener("keydown", (event) => this.#keyed(event));
    matchMedia(WHOLE_SCREEN).addEventListener("change", () => this.#cover());
    window.visualViewport?.addEventListener("resize", () => this.#fit());
    window.visualViewport?.addEventListener("scroll", () => this.#fit());
  }

  /** True while it is open. */
  get isOpen() {
    return !this.node.hidden;
  }

  /** Open it. */
  open() {
    if (this.isOpen) return;
    this.#overflow = document.documentElement.style.overflow;
    this.node.hidden = false;
    this.#cover();
  }

  /** Close it. */
  close() {
    this.node.hidden = true;
    this.#cover();
  }

  get #covering() {
    return this.isOpen && matchMedia(WHOLE_SCREEN).matches;
  }

  /** On a phone the page behind neither scrolls nor takes part. */
  #cover() {
    const covering = this.#covering;
    this.node.setAttribute("aria-modal", String(covering));
    const overflow = covering ? "hidden" : this.#overflow;
    document.documentElement.style.overflow = overflow;
    this.#fit();
  }

  /** Stay above an on-screen keyboard, which does not change `dvh` everywhere. */
  #fit() {
    const view = window.visualViewport;
    const keyboard = view && view.scale === 1 && innerHeight - view.height > 80;
    const { style } = this.node;
    const fitted = this.#covering && keyboard;
    style.height = fitted ? `${view.height}px` : "";
    style.top = fitted ? `${view.offsetTop}px` : "";
  }

  #keyed(event) {
    if (event.key === "Escape" && !event.isComposing) {
      event.stopPropagation();
      this.#close();
    }
    if (event.key === "Tab" && this.#covering) this.#turnAround(event);
  }

  #turnAround(event) {
    const stops = [...this.node.querySelectorAll(STOPS)].filter(
      (node) => !node.disabled && node.checkVisibility?.() !== false,
    );
    const [from, to] = event.shiftKey ? [stops[0], stops.at(-1)] : [stops.at(-1), stops[0]];
    if (this.node.getRootNode().activeElement !== from) return;
    event.preventDefault();
    to.focus();
  }
}
