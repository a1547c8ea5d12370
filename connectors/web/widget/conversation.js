/** One conversation with the server: start, follow, send, renew. */

import { ApiRefused, ApiUnreachable } from "./api.js";
import { newId, Outgoing } from "./outgoing.js";
import { WRITTEN_IS_SEEN_MS, alone, backOff, Nap } from "./patience.js";
import { Stream } from "./stream.js";

const RENEWAL_PAUSE = 10_000;
const TURN_CHECK = 15_000;
const SESSION_CHECK = 30_000;
const COMPLETION_TRIES = 3;

/** Return what the server needs of a kept message. */
function body({ client_message_id, text, choice }) {
  return choice ? { client_message_id, choice } : { client_message_id, text };
}

/** Speaks for the token that all tabs share; `hear(name, error)` gets what to tell. */
export class Conversation {
  #api;
  #kept;
  #store;
  #hear;
  #outgoing;
  #stream = null;
  #token = null;
  #begun = false;
  #renewedAt = -Infinity;
  #expiry = 0;
  #turnCheck = 0;
  #arriving = false;
  #nap = new Nap();

  constructor({ api, kept, store, hear }) {
    this.#api = api;
    this.#kept = kept;
    this.#store = store;
    this.#hear = hear;
    this.#outgoing = new Outgoing(kept, {
      deliver: (item) => this.#deliver(item),
      delivered: (item, entry) => this.#delivered(entry),
      stalled: (item, error) => this.#stalled(item, error),
      refused: (item, error) => this.#refused(item, error),
    });
    kept.onChange((change, id) => this.#changedElsewhere(change, id));
    window.addEventListener("online", () => this.#nap.wake());
  }

  /** True when this browser has a conversation already. */
  get started() {
    return this.#kept.conversation !== null;
  }

  /** Follow the conversation, started first when there is none. */
  async ensure() {
    if (!this.started) {
      await alone("start", () => this.#start(), WRITTEN_IS_SEEN_MS);
    }
    this.#follow();
    return this.#token;
  }

  /** Start and follow the conversation, however long the server is away. */
  async arrive() {
    if (this.#arriving) return;
    this.#arriving = true;
    for (let failures = 0; this.#arriving; failures += 1) {
      try {
        await this.ensure();
        this.#arriving = false;
      } catch (error) {
        this.#connected(false, error);
        const asked = (error.retryAfter ?? 0) * 1_000;
        await this.#nap.sleep(Math.max(backOff(failures), asked));
      }
    }
  }

  /** Follow the conversation and send what waits, at the page's load. */
  resume() {
    if (this.started) this.#follow();
    if (this.#kept.waiting().length) this.#outgoing.send();
  }

  /** Say something. */
  say(text) {
    this.#send({ text });
  }

  /** Take a quick reply; one without a stored entry is said as text. */
  choose(entryId, { index, title }) {
    const choice = entryId && { entry_id: entryId, index };
    this.#send({ text: title, ...(choice && { choice }) });
  }

  /** Ask for a sign-in link; a page's query may hold what no link may lead back to. */
  async startSignIn(returnUrl) {
    const ask = (url) => (own) => this.#api.startSignIn(own, url);
    const token = await this.ensure();
    try {
      return await this.#renewing(token, ask(returnUrl));
    } catch (error) {
      const [plain, query] = returnUrl.split("?");
      if (error.code !== "return_url_refused" || !query) throw error;
      return this.#renewing(this.#token, ask(plain));
    }
  }

  /** Finish a sign-in with our own token; without one it cannot be ours. */
  async completeSignIn(code) {
    const token = this.#kept.conversation?.token;
    if (!token) throw new ApiRefused({ status: 403, code: "not_yours" });
    const { session_expires_at: end } = await this.#patiently(() =>
      this.#api.completeSignIn(token, code),
    );
    this.#session(true, end);
  }

  /** Ask a few times while the server is away. */
  async #patiently(ask) {
    for (let failures = 0; ; failures += 1) {
      try {
        return await ask();
      } catch (error) {
        const passing = error instanceof ApiUnreachable || error.temporary;
        if (!passing || failures === COMPLETION_TRIES) throw error;
        await this.#nap.sleep(backOff(failures));
      }
    }
  }

  async #start() {
    if (this.started) return;
    const { token, expires_at, greeting } = await this.#api.startConversation();
    this.#kept.seen = 0;
    this.#kept.conversation = { token, expires_at, greeting: greeting ?? [] };
  }

  #follow() {
    const token = this.#kept.conversation?.token;
    if (!token || token === this.#token) return;
    this.#stream?.stop();
    this.#token = token;
    this.#begun = false;
    this.#stream = new Stream({
      catchUp: () => this.#catchUp(token),
      open: (signal) => this.#api.openEvents(token, this.#store.cursor, signal),
      receive: (event) => this.#receive(event),
      connected: (connected, why) => this.#connected(connected, why),
      refused: () => this.#renew(token).catch(() => this.arrive()),
    });
    this.#stream.start();
  }

  #connected(connected, why) {
    const sentence = why instanceof ApiRefused ? why.message : "";
    this.#store.connection(connected, sentence);
    if (connected) this.#hear("recovered");
  }

  async #catchUp(token) {
    try {
      const after = this.#begun ? this.#store.cursor : 0;
      const history = await this.#api.getHistory(token, after);
      if (token !== this.#token) return;
      if (this.#begun) history.entries.forEach((entry) => this.#store.add(entry));
      else this.#begin(history.entries);
      this.#store.pending(history.pending);
      this.#session(history.signed_in, history.session_expires_at);
    } catch (error) {
      if (!this.#begun && error.status !== 401) this.#begin([]);
      throw error;
    }
  }

  #begin(entries) {
    this.#begun = true;
    const stored = new Set(entries.map((entry) => entry.client_message_id));
    const waiting = this.#kept.waiting();
    this.#store.begin({
      greeting: this.#kept.conversation?.greeting ?? [],
      entries,
      waiting: waiting.filter((item) => !stored.has(item.client_message_id)),
    });
  }

  #receive({ name, data }) {
    const value = JSON.parse(data);
    if (name === "entry") this.#store.add(value);
    if (name === "turn") this.#store.turn(value.entry_id, value.status);
    if (name === "session") this.#session(value.signed_in, value.expires_at);
  }

  /** Follow the session; when it ends, cards that may no longer be seen are hidden. */
  #session(signedIn, expiresAt) {
    const ended = this.#store.signedIn && !signedIn;
    this.#store.session(signedIn);
    clearTimeout(this.#expiry);
    if (ended) this.#hideCards();
    if (!signedIn) return;
    // The server decides: this device's clock may be wrong.
    const left = expiresAt ? new Date(expiresAt) - Date.now() : 0;
    this.#expiry = setTimeout(() => this.#check(), Math.max(SESSION_CHECK, left));
  }

  /** Ask the server what is true about turns and the session. */
  async #check() {
    const token = this.#token;
    const history = await this.#api
      .getHistory(token, this.#store.cursor)
      .catch(() => null);
    if (!history || token !== this.#token) return;
    this.#store.pending(history.pending);
    this.#session(history.signed_in, history.session_expires_at);
  }

  async #hideCards() {
    const history = await this.#api.getHistory(this.#token).catch(() => null);
    for (const entry of history?.entries ?? []) {
      const shown = this.#store.entries.get(entry.seq)?.reply?.type;
      if (shown === "card" && entry.reply?.type !== "card") {
        this.#store.replace(entry);
      }
    }
  }

  #send(message) {
    const item = { client_message_id: newId(), ...message };
    this.#store.addWaiting(this.#outgoing.put(item));
    if (!navigator.onLine) this.#store.stall(item);
  }

  async #deliver(item) {
    const token = await this.ensure();
    return this.#renewing(token, (own) =>
      // A choice belongs to the conversation that offered it.
      this.#api.postMessage(own, body(own === token ? item : { ...item, choice: null })),
    );
  }

  /** Ask with our token, and once more with a new one when it is not accepted. */
  async #renewing(token, ask) {
    try {
      return await ask(token);
    } catch (error) {
      if (error.status !== 401) throw error;
      await this.#renew(token);
      return ask(this.#token);
    }
  }

  /** Start anew after a token was not accepted, but not over and over. */
  async #renew(refused) {
    if (this.#kept.conversation?.token === refused) {
      if (Date.now() - this.#renewedAt < RENEWAL_PAUSE) {
        throw new ApiUnreachable("new tokens are refused too");
      }
      this.#renewedAt = Date.now();
      this.#kept.conversation = null;
      this.#hear("restarted");
      this.#freeChoices();
    }
    this.#store.session(false);
    await this.ensure();
  }

  /** Say chosen titles as text: their entries went with the old conversation. */
  #freeChoices() {
    const chosen = this.#kept.waiting().filter((item) => item.choice);
    chosen.forEach((item) => this.#kept.addWaiting({ ...item, choice: null }));
  }

  #delivered(entry) {
    this.#store.add(entry, { streamed: false });
    this.#store.turn(entry.id, entry.status ?? "running");
    this.#hear("recovered");
    // A resent message may have been answered long ago, and no event says so.
    clearTimeout(this.#turnCheck);
    this.#turnCheck = setTimeout(() => this.#check(), TURN_CHECK);
  }

  #stalled(item, error) {
    this.#store.stall(item);
    if (error instanceof ApiRefused) this.#hear("stalled", error);
  }

  #refused(item, error) {
    this.#store.refuse(item);
    this.#hear("refused", error, item);
  }

  #changedElsewhere(change, id) {
    if (change === "conversation") this.resume();
    if (change === "sent") this.#store.forgetWaiting(id);
    if (change === "seen") this.#hear("seen");
    if (change !== "waiting" || !this.#begun) return;
    const item = this.#kept.waiting().find((kept) => kept.client_message_id === id);
    if (item) this.#store.addWaiting(item);
  }
}
