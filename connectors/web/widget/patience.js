/** How long to wait before trying again, and a wait that can be cut short. */

const FIRST = 1_000;
const LONGEST = 30_000;

/** Return milliseconds for the nth failure: doubling, with jitter against herds. */
export function backOff(failures) {
  const ceiling = Math.min(LONGEST, FIRST * 2 ** Math.min(failures, 10));
  return ceiling / 2 + (Math.random() * ceiling) / 2;
}

/** A wait that ends by itself or when somebody calls `wake`. */
export class Nap {
  #end = null;

  /** Wait for some milliseconds, or less. */
  sleep(milliseconds) {
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.wake(), milliseconds);
      this.#end = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  /** End the wait now; nothing happens when nobody waits. */
  wake() {
    const end = this.#end;
    this.#end = null;
    end?.();
  }
}

/** A page's localStorage reaches other tabs' processes a moment after it is written. */
export const WRITTEN_IS_SEEN_MS = 400;

/**
 * Run a task while no other tab runs one of the same name, where locks exist; other
 * tabs wait some milliseconds longer than the task takes.
 */
export function alone(name, task, longer = 0) {
  // Locks need a secure context; without one the server's idempotency is enough.
  if (!navigator.locks) return task();
  return new Promise((resolve, reject) => {
    navigator.locks.request(`thamrat.${name}`, async () => {
      const done = Promise.resolve(task());
      done.then(resolve, reject);
      await done.catch(() => {});
      await new Promise((over) => setTimeout(over, longer));
    });
  });
}
