/** The top of the panel: who this is, whether she is signed in, and the way out. */

import { make } from "./dom.js";
import { icon } from "./icons.js";

/** Title, close button, and a line about the session while there is one. */
export class Header {
  #session;

  constructor(words, { close, signOut }) {
    this.#session = make(
      "div",
      { class: "session", hidden: true },
      make("span", { class: "session-state" }, icon("shield"), words.say("signedIn")),
      make(
        "button",
        { type: "button", class: "sign-out", "data-testid": "sign-out", onclick: signOut },
        words.say("signOut"),
      ),
    );
    const title = make(
      "div",
      { class: "title" },
      make("h2", { id: "title" }, words.say("name")),
      make("p", {}, words.say("tagline")),
    );
    const label = words.say("close");
    const closer = make(
      "button",
      { type: "button", class: "close", "aria-label": label, onclick: close },
      icon("close"),
    );
    const top = make("div", { class: "top" }, icon("mark"), title, closer);
    this.node = make("div", { class: "header" }, top, this.#session);
  }

  /** Show whether she is signed in. */
  showSession(signedIn) {
    this.#session.hidden = !signedIn;
  }
}
