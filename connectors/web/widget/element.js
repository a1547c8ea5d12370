/** The custom element `<tham-rat>`: a shadow root with styles, words and the chat. */

import { Chat } from "./chat.js";
import { Words } from "./words.js";

const HERE = new URL("./", import.meta.url);
const STYLES = ["style/frame.css", "style/messages.css", "style/composer.css"];
const LANGUAGES = ["th", "en"];

/** Fetch one style sheet; `connect-src` is then all a page's CSP must allow. */
async function readStyle(path) {
  const response = await fetch(new URL(path, HERE), { credentials: "omit" });
  if (!response.ok) throw new Error(`style not found: ${path}`);
  return response.text();
}

/** Give a shadow root our styles, as constructed sheets where the browser can. */
async function dress(root) {
  if (!("adoptedStyleSheets" in root)) {
    root.append(...STYLES.map(styleLink));
    return;
  }
  const texts = await Promise.all(STYLES.map(readStyle));
  root.adoptedStyleSheets = texts.map((text) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(text);
    return sheet;
  });
}

/** Return a link to one style sheet, for browsers from before constructed sheets. */
function styleLink(path) {
  const link = document.createElement("link");
  link.rel = "stylesheet";
  link.href = new URL(path, HERE).href;
  return link;
}

/** `<tham-rat lang="th|en" open>`; a page may place it itself or let the script do so. */
export class ThamRat extends HTMLElement {
  /** What a sign-in page brought back in the address, or null. */
  signInReturn = null;
  #chat = null;
  #question = null;

  async connectedCallback() {
    if (this.shadowRoot) return;
    const root = this.attachShadow({ mode: "open" });
    const language = LANGUAGES.includes(this.lang) ? this.lang : "th";
    this.lang = language;
    const [words] = await Promise.all([Words.load(HERE, language), dress(root)]);
    this.#chat = new Chat({ root, words, language, server: new URL("../", HERE) });
    this.#chat.begin({
      open: this.hasAttribute("open"),
      signInReturn: this.signInReturn,
    });
    if (this.#question !== null) this.open(this.#question);
  }

  /** Open the panel, with a question to be edited and sent when one is given. */
  open(question = "") {
    // Asked before words and styles have come: opened as soon as they are here.
    this.#question = question;
    this.#chat?.open({ question });
  }

  /** Close the panel. */
  close() {
    this.#question = null;
    this.#chat?.close();
  }
}
