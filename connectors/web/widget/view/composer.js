/** Where the citizen writes: grows with the text, and knows a Thai keyboard. */

import { make } from "./dom.js";
import { icon } from "./icons.js";

const LIMIT = 1_000;
const NEAR = 100;
const HIGHEST = 132;

/** Return the length as the server counts it, in characters and not in UTF-16. */
function lengthOf(text) {
  return [...text].length;
}

/** True for Enter that sends: not a new line, and not the end of a composition. */
function sends({ key, shiftKey, isComposing, keyCode }) {
  // Some browsers end the composition first and mark the key with 229 instead.
  return key === "Enter" && !shiftKey && !isComposing && keyCode !== 229;
}

/** A form of one text area and a send button. */
export class Composer {
  #words;
  #act;
  #input;
  #counter;
  #form;

  constructor(words, act) {
    this.#words = words;
    this.#act = act;
    this.#counter = make("p", { class: "counter", id: "counter", hidden: true });
    this.#input = this.#makeInput();
    this.#form = make("form", { class: "composer", novalidate: true },
      make("div", { class: "field" }, this.#input, this.#makeButton()),
      make("div", { class: "under" },
        make("p", { class: "hint", id: "hint" }, words.say("hint")), this.#counter),
    );
    this.#form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#send();
    });
    this.node = this.#form;
  }

  /** What is written. */
  get text() {
    return this.#input.value;
  }

  set text(text) {
    this.#input.value = text;
    this.#changed();
  }

  /** Put a refused message back, unless she has begun another. */
  giveBack(text) {
    if (!this.text.trim()) this.text = text;
  }

  /** Move focus to the text, its end. */
  focus() {
    this.#input.focus({ preventScroll: true });
    this.#input.setSelectionRange(this.text.length, this.text.length);
  }

  #makeInput() {
    const input = make("textarea", {
      rows: 1,
      class: "input",
      placeholder: this.#words.say("placeholder"),
      "aria-label": this.#words.say("input"),
      "aria-describedby": "hint counter",
      autocomplete: "off",
      enterkeyhint: "send",
      "data-testid": "input",
    });
    input.addEventListener("input", () => this.#changed());
    input.addEventListener("keydown", (event) => {
      if (!sends(event)) return;
      event.preventDefault();
      this.#send();
    });
    return input;
  }

  #makeButton() {
    const label = this.#words.say("send");
    return make(
      "button",
      { type: "submit", class: "send", "aria-label": label, "data-testid": "send" },
      icon("send"),
    );
  }

  #send() {
    const text = this.text.trim();
    if (!text) {
      this.focus();
      return;
    }
    if (lengthOf(text) > LIMIT) {
      this.#act.tooLong(LIMIT.toLocaleString("en"));
      return;
    }
    this.text = "";
    this.#act.send(text);
  }

  #changed() {
    this.#grow();
    this.#count();
    this.#act.changed(this.text);
  }

  #grow() {
    this.#input.style.height = "auto";
    const { scrollHeight, offsetHeight, clientHeight } = this.#input;
    const wanted = scrollHeight + offsetHeight - clientHeight;
    this.#input.style.height = this.text ? `${Math.min(wanted, HIGHEST)}px` : "";
  }

  #count() {
    const left = LIMIT - lengthOf(this.text.trim());
    this.#counter.hidden = left > NEAR;
    this.#counter.classList.toggle("counter-over", left < 0);
    const count = Math.abs(left).toLocaleString("en");
    this.#counter.textContent = this.#words.say(left < 0 ? "over" : "left", { count });
    this.#input.setAttribute("aria-invalid", String(left < 0));
  }
}
