/** Joins the parts: what happens in the conversation to what is seen of it. */

import { Api, ApiRefused } from "./api.js";
import { Conversation } from "./conversation.js";
import { Kept } from "./kept.js";
import { leaveForSignIn, refusalWords, returnUrl } from "./sign_in.js";
import { Store } from "./store.js";
import { Composer } from "./view/composer.js";
import { Clock } from "./view/clock.js";
import { Header } from "./view/header.js";
import { Launcher } from "./view/launcher.js";
import { Log } from "./view/log.js";
import { Panel } from "./view/panel.js";
import { Status } from "./view/status.js";

const CODE_IS_READ_MS = 1500;

/** One chat in one shadow root. */
export class Chat {
  #words;
  #kept = new Kept();
  #store = new Store();
  #conversation;
  #log;
  #composer;
  #header;
  #status;
  #launcher;
  #panel;

  constructor({ root, words, language, server }) {
    this.#words = words;
    this.#conversation = new Conversation({
      api: new Api(server, language),
      kept: this.#kept,
      store: this.#store,
      hear: (name, error, item) => this.#hear(name, error, item),
    });
    this.#makeViews(language);
    root.append(this.#launcher.node, this.#panel.node);
    this.#listen();
  }

  /** Show the launcher, and the panel when this visit asks for it. */
  begin({ open, signInReturn }) {
    this.#composer.text = this.#kept.draft;
    this.#conversation.resume();
    if (signInReturn) this.open();
    else if (this.#kept.open ?? open) this.open({ focus: false });
    if (signInReturn) this.#finishSignIn(signInReturn);
  }

  /** Open the panel; a question is put in the composer, never sent by itself. */
  open({ question = "", focus = true } = {}) {
    if (question) this.#composer.text = question;
    this.#kept.open = true;
    this.#launcher.hide();
    this.#panel.open();
    this.#conversation.arrive();
    this.#log.toEnd();
    this.#read();
    if (focus) this.#focus({ writing: Boolean(question) });
  }

  /** Close the panel and give focus back to the launcher. */
  close() {
    this.#kept.open = false;
    this.#panel.close();
    this.#launcher.show();
  }

  #makeViews(language) {
    const words = this.#words;
    this.#log = new Log(words, new Clock(language, words), {
      choose: (entryId, choice) => this.#choose(entryId, choice),
      signIn: (card) => this.#signIn(card),
    });
    this.#status = new Status(words);
    this.#composer = new Composer(words, {
      send: (text) => this.#say(text),
      changed: (text) => (this.#kept.draft = text),
      tooLong: (limit) => this.#status.problem(words.say("tooLong", { limit })),
    });
    this.#header = new Header(words, {
      close: () => this.close(),
      signOut: () => this.#say(words.say("signOutText")),
    });
    const parts = [this.#header, this.#log, this.#status, this.#composer];
    this.#panel = new Panel(words, parts, () => this.close());
    this.#launcher = new Launcher(words, () => this.open());
  }

  #listen() {
    const store = this.#store;
    const on = (name, hear) =>
      store.addEventListener(name, ({ detail }) => hear(detail));
    on("begin", (opening) => this.#log.begin(opening));
    on("entry", (entry) => this.#log.add(entry));
    on("replace", (entry) => this.#log.replace(entry));
    on("waiting", (item) => this.#log.addWaiting(item));
    on("stalled", (item) => this.#log.mark(item, "waiting"));
    on("refused", (item) => this.#log.mark(item, "refused"));
    on("gone", (id) => this.#log.forget(id));
    on("typing", () => this.#log.showTyping(store.typing));
    on("session", (signedIn) => this.#showSession(signedIn));
    on("connection", (change) => this.#status.connection(change));
    ["begin", "entry"].forEach((name) => on(name, () => this.#read()));
    document.addEventListener("visibilitychange", () => this.#read());
    document.addEventListener("click", (event) => this.#askedByPage(event));
    window.addEventListener("offline", () => this.#online(false));
    window.addEventListener("online", () => this.#online(store.connected));
    window.addEventListener("pageshow", () => this.#log.showSession(store.signedIn));
  }

  #online(connected) {
    this.#status.connection({ connected, sentence: "" });
  }

  /** Let any element of the page open the chat: `data-thamrat-open="question"`. */
  #askedByPage({ target }) {
    const asking = target.closest?.("[data-thamrat-open]");
    if (asking) this.open({ question: asking.dataset.thamratOpen });
  }

  #focus({ writing }) {
    // On a touch screen the keyboard would cover what she came to read.
    if (!writing && matchMedia("(pointer: coarse)").matches) this.#log.focus();
    else this.#composer.focus();
  }

  #say(text) {
    this.#status.clear();
    this.#log.toEnd();
    this.#conversation.say(text);
  }

  #choose(entryId, choice) {
    this.#status.clear();
    this.#focus({ writing: false });
    this.#conversation.choose(entryId, choice);
  }

  async #signIn(card) {
    this.#status.clear();
    card.opening();
    try {
      const link = await this.#conversation.startSignIn(returnUrl());
      card.code(link.match_code);
      // Long enough to read four digits, which the next page must show too.
      await new Promise((read) => setTimeout(read, CODE_IS_READ_MS));
      leaveForSignIn(link.url);
    } catch (error) {
      card.ready();
      this.#status.problem(this.#sentence(error));
    }
  }

  async #finishSignIn({ code, ending }) {
    if (ending) {
      this.#status.problem(this.#words.say(ending));
      return;
    }
    this.#status.tell(this.#words.say("signInFinishing"));
    try {
      await this.#conversation.completeSignIn(code);
      this.#status.clear();
    } catch (error) {
      // The answer to an earlier try may have been lost on its way.
      if (this.#store.signedIn) return;
      const refused = error instanceof ApiRefused;
      const words = refused ? refusalWords(error) : "signInFailed";
      this.#status.problem(this.#words.say(words));
    }
  }

  #showSession(signedIn) {
    if (signedIn) this.#status.clear();
    this.#header.showSession(signedIn);
    this.#log.showSession(signedIn);
  }

  #hear(name, error, item) {
    if (name === "restarted") this.#status.tell(this.#words.say("restarted"));
    if (name === "recovered") this.#status.recovered();
    if (name === "stalled") this.#status.passing(this.#sentence(error));
    if (name === "refused") {
      this.#status.problem(this.#sentence(error));
      this.#composer.giveBack(item.text);
    }
    if (name === "seen") this.#read();
  }

  #sentence(error) {
    if (error instanceof ApiRefused && error.message) return error.message;
    return this.#words.say(error instanceof ApiRefused ? "problem" : "offline");
  }

  /** Count what was not yet seen; an open panel in a visible page sees all. */
  #read() {
    const said = [...this.#store.entries.values()];
    const latest = Math.max(0, ...this.#store.entries.keys());
    const visible = this.#panel.isOpen && !document.hidden;
    if (visible && latest > this.#kept.seen) this.#kept.seen = latest;
    const fresh = said.filter(
      ({ from, seq }) => from === "assistant" && seq > this.#kept.seen,
    );
    this.#launcher.unread(fresh.length);
  }
}
