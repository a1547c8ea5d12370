/** The list of what was said; new things are only ever appended to it. */

import { make, unseen } from "./dom.js";
import { AssistantEntry, CitizenEntry } from "./entry.js";
import { icon } from "./icons.js";

const NEAR = 80;
const FORGET = 5_000;

/** A scrolling `role="log"`, the typing sign below it, and the way to the end. */
export class Log {
  #words;
  #clock;
  #act;
  #list;
  #typing;
  #scroller;
  #below;
  #day = "";
  #signedIn = false;
  #atEnd = true;
  #height = 0;
  #waiting = new Map();
  #offering = [];
  #signIns = [];
  #bySeq = new Map();

  constructor(words, clock, act) {
    this.#words = words;
    this.#clock = clock;
    this.#act = act;
    this.#list = make("div", {
      class: "log",
      role: "log",
      "aria-live": "polite",
      "aria-relevant": "additions",
      "aria-label": words.say("log"),
      "data-testid": "log",
    });
    this.#typing = make("div", { class: "typing-place", role: "status" });
    this.#scroller = make(
      "div",
      { class: "scroller", tabindex: 0, role: "group", "aria-label": words.say("log") },
      this.#list,
      this.#typing,
    );
    this.#below = make(
      "button",
      { type: "button", class: "below", hidden: true },
      icon("down"),
      words.say("newBelow"),
    );
    this.#below.addEventListener("click", () => this.toEnd());
    this.#scroller.addEventListener("scroll", () => this.#scrolled());
    // The composer grows with its text and would cover the newest message.
    new ResizeObserver(() => this.#resized()).observe(this.#scroller);
    this.node = make("div", { class: "talk" }, this.#scroller, this.#below);
  }

  /** Show a conversation from its start, without reading it all aloud. */
  begin({ greeting, entries, waiting }) {
    this.#list.setAttribute("aria-live", "off");
    this.#list.replaceChildren();
    this.#day = "";
    [this.#waiting, this.#bySeq] = [new Map(), new Map()];
    [this.#offering, this.#signIns] = [[], []];
    greeting.forEach((reply) => this.#append({ from: "assistant", reply }));
    entries.forEach((entry) => this.#append(entry));
    waiting.forEach((item) => this.addWaiting(item));
    this.toEnd();
    setTimeout(() => this.#list.setAttribute("aria-live", "polite"), 500);
  }

  /** Add an entry, or confirm the waiting message that it is. */
  add(entry) {
    const waiting = this.#waiting.get(entry.client_message_id);
    if (waiting) {
      this.#waiting.delete(entry.client_message_id);
      waiting.confirm(entry);
      return;
    }
    const follow = this.#nearEnd();
    const node = this.#append(entry);
    if (follow) this.#show(node);
    else this.#below.hidden = false;
  }

  /** Show an entry anew in its old place. */
  replace(entry) {
    const old = this.#bySeq.get(entry.seq);
    if (!old) return;
    const made = new AssistantEntry(entry, this.#words, this.#clock, this.#act);
    made.retire();
    old.replaceWith(made.node);
    this.#bySeq.set(entry.seq, made.node);
  }

  /** Add a message that is on its way. */
  addWaiting({ client_message_id: id, text, at }) {
    if (this.#waiting.has(id)) return;
    this.#appendDay(at);
    const entry = new CitizenEntry(text, this.#words, this.#clock);
    entry.mark("sending");
    this.#waiting.set(id, entry);
    this.#retireChoices();
    this.#list.append(entry.node);
    this.#show(entry.node);
  }

  /** Mark a message that waits or was refused. */
  mark({ client_message_id: id }, state) {
    this.#waiting.get(id)?.mark(state);
    if (state === "refused") this.#waiting.delete(id);
  }

  /** Drop a message that another tab had and that was not accepted after all. */
  forget(id) {
    setTimeout(() => {
      this.#waiting.get(id)?.node.remove();
      this.#waiting.delete(id);
    }, FORGET);
  }

  /** Show or remove the typing sign. */
  showTyping(typing) {
    if (typing === this.#typing.hasChildNodes()) return;
    const follow = this.#nearEnd();
    this.#typing.replaceChildren(...(typing ? [this.#dots()] : []));
    if (follow) this.toEnd();
  }

  /** Let the newest sign-in request be used unless she is signed in. */
  showSession(signedIn) {
    this.#signedIn = signedIn;
    this.#signIns.forEach((card, index) => {
      if (signedIn) card.done();
      else if (index < this.#signIns.length - 1) card.retire();
      else card.ready();
    });
  }

  /** Scroll to the end. */
  toEnd() {
    this.#scroller.scrollTop = this.#scroller.scrollHeight;
    this.#below.hidden = true;
    this.#atEnd = true;
  }

  /** Move focus to the conversation. */
  focus() {
    this.#scroller.focus({ preventScroll: true });
  }

  #append(entry) {
    this.#appendDay(entry.at);
    const made = this.#make(entry);
    this.#list.append(made.node);
    if (entry.seq) this.#bySeq.set(entry.seq, made.node);
    return made.node;
  }

  #make(entry) {
    if (entry.from === "citizen") {
      const said = new CitizenEntry(entry.text, this.#words, this.#clock);
      said.confirm(entry);
      this.#retireChoices();
      return said;
    }
    const said = new AssistantEntry(entry, this.#words, this.#clock, this.#act);
    if (said.offers) {
      this.#retireChoices();
      this.#offering.push(said);
    }
    if (said.signIn) {
      this.#signIns.push(said.signIn);
      this.showSession(this.#signedIn);
    }
    return said;
  }

  #appendDay(at) {
    const day = at ? this.#clock.day(at) : "";
    if (!day || day === this.#day) return;
    this.#day = day;
    this.#list.append(make("div", { class: "day" }, make("span", {}, day)));
  }

  #retireChoices() {
    this.#offering.forEach((entry) => entry.retire());
    this.#offering = [];
  }

  #dots() {
    const dots = make(
      "span",
      { class: "dots", "aria-hidden": "true" },
      ...[1, 2, 3].map(() => make("i")),
    );
    return make(
      "div",
      { class: "typing", "data-testid": "typing" },
      dots,
      unseen(this.#words.say("typing")),
    );
  }

  #nearEnd() {
    const { scrollHeight, scrollTop, clientHeight } = this.#scroller;
    return scrollHeight - scrollTop - clientHeight < NEAR;
  }

  /** Show a new node: its end, but never past its beginning. */
  #show(node) {
    this.toEnd();
    const hidden = this.#scroller.getBoundingClientRect().top;
    const above = node.getBoundingClientRect().top - hidden - 8;
    if (above >= 0) return;
    this.#scroller.scrollTop += above;
    this.#atEnd = false;
  }

  #resized() {
    this.#height = this.#scroller.clientHeight;
    if (this.#atEnd) this.toEnd();
  }

  #scrolled() {
    // A window that has just shrunk was not scrolled away from its end.
    if (this.#height !== this.#scroller.clientHeight) return;
    this.#atEnd = this.#nearEnd();
    if (this.#atEnd) this.#below.hidden = true;
  }
}
