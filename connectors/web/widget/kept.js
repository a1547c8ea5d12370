/** What this browser keeps: the token, unsent messages, and how far was read. */

const PREFIX = "thamrat.";
const WAITING = `${PREFIX}waiting.`;

/** Return a storage area, or one that forgets when the browser forbids storing. */
function area(name) {
  try {
    const storage = window[name];
    storage.setItem(`${PREFIX}try`, "1");
    storage.removeItem(`${PREFIX}try`);
    return storage;
  } catch {
    return new ForgetfulArea();
  }
}

/** A stand-in for a storage area that lasts as long as the page. */
class ForgetfulArea {
  #values = new Map();

  get length() {
    return this.#values.size;
  }

  key(index) {
    return [...this.#values.keys()][index] ?? null;
  }

  getItem(key) {
    return this.#values.get(key) ?? null;
  }

  setItem(key, value) {
    this.#values.set(key, value);
  }

  removeItem(key) {
    this.#values.delete(key);
  }
}

/** Return stored JSON, or null for nothing or nonsense. */
function read(storage, key) {
  try {
    return JSON.parse(storage.getItem(key));
  } catch {
    return null;
  }
}

/** Store JSON, or remove the key for null; a full storage is no reason to stop. */
function write(storage, key, value) {
  try {
    if (value === null) storage.removeItem(key);
    else storage.setItem(key, JSON.stringify(value));
  } catch {
    // The chat goes on; only a reload would miss this value.
  }
}

/** One key a waiting message, so that two tabs never overwrite each other's. */
export class Kept {
  #shared = area("localStorage");
  #own = area("sessionStorage");
  #latest = 0;

  /** The conversation of all tabs: `{token, expires_at, greeting}` or null. */
  get conversation() {
    return read(this.#shared, `${PREFIX}conversation`);
  }

  set conversation(value) {
    write(this.#shared, `${PREFIX}conversation`, value);
  }

  /** The highest seq that was shown in an open panel. */
  get seen() {
    return Number(read(this.#shared, `${PREFIX}seen`)) || 0;
  }

  set seen(seq) {
    write(this.#shared, `${PREFIX}seen`, seq);
  }

  /** What is typed but not sent, in this tab only. */
  get draft() {
    return String(read(this.#own, `${PREFIX}draft`) ?? "");
  }

  set draft(text) {
    write(this.#own, `${PREFIX}draft`, text || null);
  }

  /** Whether the citizen left the panel open in this tab; null before she chose. */
  get open() {
    return read(this.#own, `${PREFIX}open`);
  }

  set open(value) {
    write(this.#own, `${PREFIX}open`, value);
  }

  /** Return the messages that the server has not confirmed, oldest first. */
  waiting() {
    const items = [];
    for (let index = 0; index < this.#shared.length; index += 1) {
      const key = this.#shared.key(index);
      if (key.startsWith(WAITING)) items.push(read(this.#shared, key));
    }
    return items.filter(Boolean).sort((one, other) => one.at - other.at);
  }

  /** Keep a message until the server confirms it; return it with its time. */
  addWaiting(item) {
    this.#latest = Math.max(Date.now(), this.#latest + 1);
    const kept = { at: this.#latest, ...item };
    write(this.#shared, WAITING + kept.client_message_id, kept);
    return kept;
  }

  /** Forget a message that was confirmed or refused. */
  removeWaiting(id) {
    write(this.#shared, WAITING + id, null);
  }

  /** Hear what another tab changed: `conversation`, `seen`, `waiting` or `sent`. */
  onChange(hear) {
    window.addEventListener("storage", ({ key, newValue }) => {
      if (key === `${PREFIX}conversation`) hear("conversation");
      if (key === `${PREFIX}seen`) hear("seen");
      if (!key?.startsWith(WAITING)) return;
      const id = key.slice(WAITING.length);
      if (newValue === null) hear("sent", id);
      else hear("waiting", id);
    });
  }
}
