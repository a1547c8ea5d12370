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

/** Run a task while no other tab runs one of the same name, where locks exist. */
export function alone(name, task) {
  // Locks need a secure context; without one the server's idempotency is enough.
  if (!navigator.locks) return task();
  return navigator.locks.request(`thamrat.${name}`, task);
}
