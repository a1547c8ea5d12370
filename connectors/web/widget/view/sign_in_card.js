/** Draws the request to sign in, with the button that leaves for ThaID. */

import { make } from "./dom.js";
import { icon } from "./icons.js";

/** One sign-in request; only the newest one can be used, and only when signed out. */
export class SignInCard {
  #words;
  #button;
  #label;
  #said;
  #hint;

  constructor(reply, words, signIn) {
    this.#words = words;
    this.#said = reply.label || words.say("signIn");
    this.#label = make("span", {}, this.#said);
    this.#hint = make("p", { class: "sign-in-hint" }, words.say("signInHint"));
    this.#button = make(
      "button",
      { type: "button", class: "sign-in", "data-testid": "sign-in" },
      icon("shield"),
      this.#label,
    );
    this.#button.addEventListener("click", () => signIn(this));
    const text = make("p", { class: "sign-in-text" }, reply.text);
    this.node = make(
      "div",
      { class: "card sign-in-card" },
      text,
      this.#button,
      this.#hint,
    );
  }

  /** The button can be used. */
  ready() {
    this.#show(this.#said, false);
  }

  /** A newer request replaced this one. */
  retire() {
    this.#show(this.#said, true);
  }

  /** The citizen has signed in. */
  done() {
    this.#show(this.#words.say("signInDone"), true);
  }

  /** The link is being asked for. */
  opening() {
    this.#show(this.#words.say("signInOpening"), true);
  }

  /** Show the code that the next page must show too. */
  code(code) {
    if (code) this.#hint.textContent = this.#words.say("signInCode", { code });
  }

  #show(label, disabled) {
    this.#label.textContent = label;
    this.#button.disabled = disabled;
  }
}
