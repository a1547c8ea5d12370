/** The button at the bottom right that opens the chat, with the unread count. */

import { make } from "./dom.js";
import { icon } from "./icons.js";

const MOST = 9;

/** Shown while the panel is closed. */
export class Launcher {
  #words;
  #badge = make("span", { class: "badge", "aria-hidden": "true", hidden: true });

  constructor(words, open) {
    this.#words = words;
    this.node = make(
      "button",
      {
        type: "button",
        class: "launcher",
        "aria-label": words.say("open"),
        "aria-haspopup": "dialog",
        "data-testid": "launcher",
        onclick: open,
      },
      icon("mark"),
      make("span", { class: "launcher-words" }, words.say("launcher")),
      this.#badge,
    );
  }

  /** Show how many messages were not seen. */
  unread(count) {
    this.#badge.hidden = count === 0;
    this.#badge.textContent = count > MOST ? `${MOST}+` : String(count);
    const label = count ? this.#words.say("openUnread", { count }) : "";
    this.node.setAttribute("aria-label", label || this.#words.say("open"));
  }

  /** Hide while the panel is open. */
  hide() {
    this.node.hidden = true;
  }

  /** Show again and take focus. */
  show() {
    this.node.hidden = false;
    this.node.focus({ preventScroll: true });
  }
}
