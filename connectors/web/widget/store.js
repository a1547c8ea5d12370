/** The conversation as this tab knows it; views listen to its changes. */

/** Return the sentence of an assistant's entry, whatever its shape. */
function spoken(reply) {
  return reply?.text ?? reply?.summary ?? "";
}

/**
 * Entries once each (by seq), unanswered turns, the session and the connection.
 *
 * Events: `begin`, `entry`, `replace`, `waiting`, `stalled`, `refused`, `gone`,
 * `typing`, `session`, `connection`, each with its subject in `detail`.
 */
export class Store extends EventTarget {
  entries = new Map();
  cursor = 0;
  signedIn = false;
  connected = true;
  #greeting = [];
  #unanswered = new Set();
  #finished = new Set();

  /** Tell every listener of one kind of change. */
  #tell(name, detail = null) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }

  /** Show a conversation from its start: greeting, history, unsent messages. */
  begin({ greeting, entries, waiting }) {
    this.entries = new Map(entries.map((entry) => [entry.seq, entry]));
    this.cursor = Math.max(0, ...this.entries.keys());
    const stored = entries.length > 0 && this.#same(entries[0], greeting[0]);
    this.#greeting = stored ? [] : greeting;
    this.#unanswered.clear();
    this.#tell("begin", { greeting: this.#greeting, entries, waiting });
    this.#tell("typing");
  }

  #same(entry, greeting) {
    if (!greeting || entry.from !== "assistant") return false;
    return spoken(entry.reply) === spoken(greeting);
  }

  /** True for a stored greeting that was shown before its entry came. */
  #greets(entry) {
    if (entry.seq > this.#greeting.length) return false;
    return this.#greeting.some((greeting) => this.#same(entry, greeting));
  }

  /** Add an entry unless it is here already; streams move the cursor, posts do not. */
  add(entry, { streamed = true } = {}) {
    if (streamed) this.cursor = Math.max(this.cursor, entry.seq);
    if (this.entries.has(entry.seq)) return;
    this.entries.set(entry.seq, entry);
    if (this.#greets(entry)) return;
    if (entry.from === "assistant") this.#unanswered.delete("history");
    this.#tell("entry", entry);
    this.#tell("typing");
  }

  /** Show an entry anew, such as a private card that may no longer be seen. */
  replace(entry) {
    this.entries.set(entry.seq, entry);
    this.#tell("replace", entry);
  }

  /** A message of ours is on its way. */
  addWaiting(item) {
    this.#tell("waiting", item);
  }

  /** A message of ours has to wait for the connection. */
  stall(item) {
    this.#tell("stalled", item);
  }

  /** A message of ours was not accepted. */
  refuse(item) {
    this.#tell("refused", item);
  }

  /** Another tab has sent or dropped the message with this id. */
  forgetWaiting(id) {
    this.#tell("gone", id);
  }

  /** Follow one turn: `running` shows the typing sign, an end removes it. */
  turn(id, status) {
    if (status === "answered" || status === "failed") {
      this.#finished.add(id);
      this.#unanswered.delete(id);
      this.#unanswered.delete("history");
    } else if (!this.#finished.has(id)) this.#unanswered.add(id);
    this.#tell("typing");
  }

  /** Set what history says about turns: it is right when streams were cut. */
  pending(value) {
    if (!value) this.#unanswered.clear();
    else if (!this.#unanswered.size) this.#unanswered.add("history");
    this.#tell("typing");
  }

  /** True while a turn has no answer yet. */
  get typing() {
    return this.#unanswered.size > 0;
  }

  /** Set whether the citizen is signed in. */
  session(signedIn) {
    if (this.signedIn === signedIn) return;
    this.signedIn = signedIn;
    this.#tell("session", signedIn);
  }

  /** Set whether events arrive, and the server's sentence when it refuses them. */
  connection(connected, sentence = "") {
    if (connected && this.connected) return;
    this.connected = connected;
    this.#tell("connection", { connected, sentence });
  }
}
