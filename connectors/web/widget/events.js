/** Reads a `text/event-stream` (https://html.spec.whatwg.org/#parsing-an-event-stream). */

/** Turns pieces of text, cut anywhere, into `{name, id, data}` events. */
export class EventReader {
  #receive;
  #rest = "";
  #event = { name: "message", id: null, data: [] };

  constructor(receive) {
    this.#receive = receive;
  }

  /** Take the next piece; comments (the server's heartbeat) carry no event. */
  feed(text) {
    const lines = (this.#rest + text).split(/\r\n|\n|\r(?!$)/);
    this.#rest = lines.pop();
    lines.forEach((line) => this.#line(line));
  }

  #line(line) {
    if (line === "") return this.#finish();
    if (line.startsWith(":")) return undefined;
    const [field, ...rest] = line.split(":");
    const value = rest.join(":").replace(/^ /, "");
    if (field === "event") this.#event.name = value;
    if (field === "id") this.#event.id = value;
    if (field === "data") this.#event.data.push(value);
    return undefined;
  }

  #finish() {
    const { name, id, data } = this.#event;
    this.#event = { name: "message", id: null, data: [] };
    if (data.length) this.#receive({ name, id, data: data.join("\n") });
  }
}
