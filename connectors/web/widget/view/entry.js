/** Draws one thing that was said, by the citizen or by the assistant. */

import { card, serviceLink } from "./card.js";
import { make, unseen } from "./dom.js";
import { SignInCard } from "./sign_in_card.js";
import { textNodes } from "./text.js";

/** Return the assistant's words, or null when there are none. */
function bubble(text, linked) {
  if (!text) return null;
  return make("div", { class: "bubble" }, ...(linked ? textNodes(text) : [text]));
}

/** Return the frame around what was said: who, what, when. */
function frame(from, words, at, clock, ...parts) {
  const name = from === "citizen" ? "fromCitizen" : "fromAssistant";
  const time = at && make("time", { datetime: at }, clock.time(at));
  return make(
    "div",
    { class: `entry entry-${from}`, "data-testid": "entry", "data-from": from },
    unseen(words.say(name)),
    ...parts,
    make("div", { class: "meta" }, time),
  );
}

/** What the citizen said; it waits until the server's entry arrives. */
export class CitizenEntry {
  #bubble;
  #meta;
  #clock;
  #words;

  constructor(text, words, clock) {
    this.#words = words;
    this.#clock = clock;
    this.#bubble = bubble(text, false);
    this.node = frame("citizen", words, null, clock, this.#bubble);
    this.#meta = this.node.querySelector(".meta");
  }

  /** Show what became of it so far: `sending`, `waiting` or `refused`. */
  mark(state) {
    this.node.dataset.state = state;
    this.#meta.textContent = this.#words.say(state);
  }

  /** Show the stored entry; its text may have been masked. */
  confirm({ text, at, seq }) {
    delete this.node.dataset.state;
    this.node.dataset.seq = seq;
    this.#bubble.textContent = text;
    const time = make("time", { datetime: at }, this.#clock.time(at));
    this.#meta.replaceChildren(time);
  }
}

/** What the assistant said, with its quick replies. */
export class AssistantEntry {
  /** The sign-in card in it, or null. */
  signIn = null;
  #choices = [];

  constructor({ id, at, seq, reply }, words, clock, act) {
    const parts = this.#parts(reply, words, act);
    const choices = this.#offer(reply.choices ?? [], words, (choice) =>
      act.choose(id, choice),
    );
    this.node = frame("assistant", words, at, clock, ...parts);
    if (choices) this.node.append(choices);
    if (seq) this.node.dataset.seq = seq;
  }

  /** True when it has quick replies. */
  get offers() {
    return this.#choices.length > 0;
  }

  /** Take the quick replies back. */
  retire() {
    this.#choices.forEach((button) => (button.disabled = true));
  }

  #parts(reply, words, act) {
    if (reply.type === "card") return [card(reply, words)];
    if (reply.type === "sign_in") {
      this.signIn = new SignInCard(reply, words, act.signIn);
      return [this.signIn.node];
    }
    const link = reply.type === "link" ? serviceLink(reply.link, words) : null;
    return [bubble(reply.text ?? reply.summary ?? "", true), link];
  }

  #offer(choices, words, choose) {
    if (!choices.length) return null;
    this.#choices = choices.map((choice, index) =>
      make(
        "button",
        { type: "button", class: "choice", "data-testid": "quick-reply" },
        choice.title,
      ),
    );
    this.#choices.forEach((button, index) => {
      const { title, index: stored = index } = choices[index];
      button.addEventListener("click", () => {
        button.classList.add("choice-taken");
        this.retire();
        choose({ title, index: stored });
      });
    });
    const label = words.say("choices");
    const attributes = { class: "choices", role: "group", "aria-label": label };
    return make("div", attributes, ...this.#choices);
  }
}
