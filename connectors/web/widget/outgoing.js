/** Sends messages one at a time, in order, until the server confirms each. */

import { ApiRefused } from "./api.js";
import { alone, backOff, Nap } from "./patience.js";

/** Return a random id; `crypto.randomUUID` is missing on plain http. */
export function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/**
 * The queue of unsent messages, which outlives a reload.
 *
 * `deliver(item)` posts one, `delivered(item, entry)`, `stalled(item, error)` and
 * `refused(item, error)` hear what became of it.
 */
export class Outgoing {
  #kept;
  #parts;
  #nap = new Nap();
  #busy = false;
  #failures = 0;

  constructor(kept, parts) {
    this.#kept = kept;
    this.#parts = parts;
    window.addEventListener("online", () => this.hurry());
  }

  /** Keep a message and begin to send it. */
  put(item) {
    const kept = this.#kept.addWaiting(item);
    this.send();
    return kept;
  }

  /** Try again now, as after a connection came back. */
  hurry() {
    this.#failures = 0;
    this.#nap.wake();
    this.send();
  }

  /** Send what waits; a second call while sending changes nothing. */
  async send() {
    if (this.#busy) return;
    this.#busy = true;
    try {
      while (this.#kept.waiting().length) {
        const wait = await alone("send", () => this.#sendAll());
        if (wait) await this.#nap.sleep(wait);
      }
    } finally {
      this.#busy = false;
    }
  }

  /** Send until nothing waits; return how long to pause, 0 for not at all. */
  async #sendAll() {
    for (;;) {
      const [item] = this.#kept.waiting();
      if (!item) return 0;
      const wait = await this.#sendOne(item);
      if (wait) return wait;
    }
  }

  async #sendOne(item) {
    try {
      const entry = await this.#parts.deliver(item);
      this.#failures = 0;
      this.#kept.removeWaiting(item.client_message_id);
      this.#parts.delivered(item, entry);
      return 0;
    } catch (error) {
      return this.#failed(item, error);
    }
  }

  #failed(item, error) {
    if (error instanceof ApiRefused && !error.temporary) {
      this.#kept.removeWaiting(item.client_message_id);
      this.#parts.refused(item, error);
      return 0;
    }
    this.#kept.waiting().forEach((kept) => this.#parts.stalled(kept, error));
    const wait = backOff(this.#failures++);
    return error.retryAfter ? Math.max(wait, error.retryAfter * 1_000) : wait;
  }
}
