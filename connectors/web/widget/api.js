/** The gateway's web API: one method a request, two named failures. */

const TIMEOUT = 20_000;

/** No answer came: offline, blocked, or too slow. */
export class ApiUnreachable extends Error {}

/** The server answered no; `message` is its sentence for the citizen. */
export class ApiRefused extends Error {
  constructor({ status, code, message, retryAfter }) {
    super(message);
    this.status = status;
    this.code = code;
    this.retryAfter = retryAfter;
  }

  /** True when the same request may succeed later. */
  get temporary() {
    return this.status >= 500 || this.status === 429 || this.status === 408;
  }
}

/** Return the refusal in a response, in the citizen's language when it has one. */
async function readRefusal(response, language) {
  const body = await response.json().catch(() => ({}));
  const error = body?.error ?? {};
  const translated = language === "en" ? error.message_en : error.message;
  return new ApiRefused({
    status: response.status,
    code: error.code ?? "unknown",
    message: translated ?? error.message ?? "",
    retryAfter: Number(response.headers.get("Retry-After")) || null,
  });
}

/** The requests of the widget; every call names the token it speaks for. */
export class Api {
  #server;
  #language;

  constructor(server, language) {
    this.#server = server;
    this.#language = language;
  }

  /** Start a conversation; the server chooses its id and signs the token. */
  startConversation() {
    return this.#json("chat/conversations", {
      body: { language: this.#language },
    });
  }

  /** Return what was said after `seq`, whether a turn runs, and the session. */
  getHistory(token, seq = 0) {
    return this.#json(`chat/history?after=${seq}`, { token });
  }

  /** Send a message or a choice; the same client message id is stored once. */
  async postMessage(token, message) {
    return (await this.#json("chat/messages", { token, body: message })).entry;
  }

  /** Ask for a sign-in link that belongs to this conversation. */
  startSignIn(token, returnUrl) {
    const body = { return_url: returnUrl };
    return this.#json("chat/sign-in", { token, body });
  }

  /** Finish a sign-in that this conversation has started. */
  completeSignIn(token, code) {
    return this.#json("chat/sign-in/complete", { token, body: { code } });
  }

  /** Open the stream of events after `lastId`; the caller reads its body. */
  openEvents(token, lastId, signal) {
    const headers = { Accept: "text/event-stream" };
    if (lastId > 0) headers["Last-Event-ID"] = String(lastId);
    return this.#fetch("chat/events", { token, headers, signal });
  }

  async #json(path, { token, body } = {}) {
    const timeout = new AbortController();
    const timer = setTimeout(() => timeout.abort(), TIMEOUT);
    try {
      const options = { token, body, signal: timeout.signal };
      const response = await this.#fetch(path, options);
      return await response.json();
    } catch (error) {
      if (error instanceof ApiRefused) throw error;
      throw new ApiUnreachable("no answer", { cause: error });
    } finally {
      clearTimeout(timer);
    }
  }

  async #fetch(path, { token, body, headers = {}, signal }) {
    const response = await this.#answer(path, {
      method: body === undefined ? "GET" : "POST",
      headers: {
        "Accept-Language": this.#language,
        ...(token && { Authorization: `Bearer ${token}` }),
        ...(body !== undefined && { "Content-Type": "application/json" }),
        ...headers,
      },
      body: body === undefined ? undefined : JSON.stringify(body),
      credentials: "omit",
      cache: "no-store",
      signal,
    });
    if (!response.ok) throw await readRefusal(response, this.#language);
    return response;
  }

  async #answer(path, request) {
    try {
      return await fetch(new URL(path, this.#server), request);
    } catch (error) {
      throw new ApiUnreachable("no answer", { cause: error });
    }
  }
}
