/** One line above the composer: what went wrong and what to do next. */

import { make } from "./dom.js";

const PATIENCE = 2_500;

/** Tells problems and news; a lost connection only when it stays lost. */
export class Status {
  #words;
  #told = "";
  #lost = false;
  #timer = 0;

  constructor(words) {
    this.#words = words;
    this.node = make("div", {
      class: "status",
      role: "status",
      "aria-live": "polite",
      "data-testid": "status",
    });
  }

  /** Tell news. */
  tell(sentence) {
    this.#told = sentence;
    this.#show("news");
  }

  /** Tell a problem. */
  problem(sentence) {
    this.#told = sentence;
    this.#show("problem");
  }

  /** Remove what was told; a lost connection stays in sight. */
  clear() {
    this.#told = "";
    this.#show("news");
  }

  /** Follow the connection; a short break is not worth a word. */
  connection(connected) {
    clearTimeout(this.#timer);
    if (connected) this.#setLost(false);
    else this.#timer = setTimeout(() => this.#setLost(true), PATIENCE);
  }

  #setLost(lost) {
    this.#lost = lost;
    if (!this.#told) this.#show("problem");
  }

  #show(kind) {
    const sentence = this.#told || (this.#lost ? this.#words.say("offline") : "");
    this.node.dataset.kind = this.#told ? kind : "problem";
    if (this.node.textContent !== sentence) this.node.textContent = sentence;
  }
}
