/** One line above the composer: what went wrong and what to do next. */

import { make } from "./dom.js";

const PATIENCE = 2_500;

/** Tells problems and news; a lost connection only when it stays lost. */
export class Status {
  #words;
  #told = "";
  #passing = false;
  #lost = "";
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
    this.#set(sentence, "news");
  }

  /** Tell a problem. */
  problem(sentence) {
    this.#set(sentence, "problem");
  }

  /** Tell a problem that ends by itself. */
  passing(sentence) {
    this.#set(sentence, "problem");
    this.#passing = true;
  }

  /** Remove a problem that ended by itself. */
  recovered() {
    if (this.#passing) this.clear();
  }

  /** Remove what was told; a lost connection stays in sight. */
  clear() {
    this.#set("", "news");
  }

  /** Follow the connection; a short break is not worth a word. */
  connection({ connected, sentence }) {
    clearTimeout(this.#timer);
    const lost = connected ? "" : sentence || this.#words.say("offline");
    if (connected || this.#lost) this.#setLost(lost);
    else this.#timer = setTimeout(() => this.#setLost(lost), PATIENCE);
  }

  #set(sentence, kind) {
    this.#told = sentence;
    this.#passing = false;
    this.#show(kind);
  }

  #setLost(lost) {
    this.#lost = lost;
    if (!this.#told) this.#show("problem");
  }

  #show(kind) {
    const sentence = this.#told || this.#lost;
    this.node.dataset.kind = this.#told ? kind : "problem";
    if (this.node.textContent !== sentence) this.node.textContent = sentence;
  }
}
