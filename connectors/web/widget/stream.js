/** Keeps one event stream open: catches up, listens, and reconnects with patience. */

import { ApiRefused } from "./api.js";
import { EventReader } from "./events.js";
import { backOff, Nap } from "./patience.js";

const SILENCE = 40_000;
const HIDDEN = 60_000;

/**
 * The stream of one conversation.
 *
 * `catchUp` brings history up to date, `open(signal)` answers with the response to
 * read, `receive` gets each event, `connected` hears true, or false and why, and
 * `refused` hears of a token no longer accepted, after which the stream has ended.
 */
export class Stream {
  #parts;
  #nap = new Nap();
  #abort = null;
  #running = false;
  #failures = 0;
  #watchdog = 0;
  #rest = 0;

  constructor(parts) {
    this.#parts = parts;
  }

  /** Begin; a page that stays hidden gives its connection back for others. */
  start() {
    document.addEventListener("visibilitychange", this.#visibility);
    window.addEventListener("online", this.#hurry);
    this.#resume();
  }

  /** End for good. */
  stop() {
    document.removeEventListener("visibilitychange", this.#visibility);
    window.removeEventListener("online", this.#hurry);
    this.#pause();
  }

  #resume() {
    clearTimeout(this.#rest);
    if (this.#running) return;
    this.#running = true;
    this.#run();
  }

  #pause() {
    clearTimeout(this.#rest);
    this.#running = false;
    this.#abort?.abort();
    this.#nap.wake();
  }

  #visibility = () => {
    clearTimeout(this.#rest);
    if (document.hidden) this.#rest = setTimeout(() => this.#pause(), HIDDEN);
    else this.#resume();
  };

  #hurry = () => {
    this.#failures = 0;
    this.#nap.wake();
  };

  async #run() {
    const abort = new AbortController();
    this.#abort = abort;
    while (!abort.signal.aborted) {
      const ended = await this.#listen(abort.signal);
      if (abort.signal.aborted) return;
      if (ended instanceof ApiRefused && ended.status === 401) {
        this.stop();
        this.#parts.refused(ended);
        return;
      }
      this.#parts.connected(false, ended);
      await this.#nap.sleep(backOff(this.#failures++));
    }
  }

  /** Read until the connection ends; return why it ended, never raise. */
  async #listen(stopped) {
    const connection = new AbortController();
    const hangUp = () => connection.abort();
    stopped.addEventListener("abort", hangUp, { once: true });
    try {
      await this.#parts.catchUp();
      const response = await this.#parts.open(connection.signal);
      this.#failures = 0;
      this.#parts.connected(true);
      await this.#read(response, hangUp);
      return null;
    } catch (error) {
      return error;
    } finally {
      clearTimeout(this.#watchdog);
      stopped.removeEventListener("abort", hangUp);
      hangUp();
    }
  }

  async #read(response, hangUp) {
    const reader = response.body.getReader();
    const decoder = new TextDecoder();
    const events = new EventReader(this.#parts.receive);
    for (;;) {
      clearTimeout(this.#watchdog);
      this.#watchdog = setTimeout(hangUp, SILENCE);
      const { done, value } = await reader.read();
      if (done) return;
      events.feed(decoder.decode(value, { stream: true }));
    }
  }
}
