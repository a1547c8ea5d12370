/** The one script a page needs: it puts the ThamRat chat on that page. */

import { ThamRat } from "./element.js";
import { takeSignInReturn } from "./sign_in.js";

const NAME = "tham-rat";

/** Return the options on our own script tag (`data-lang`, `data-open`). */
function scriptOptions() {
  const scripts = [...document.querySelectorAll("script[src]")];
  return scripts.find((script) => script.src === import.meta.url)?.dataset ?? {};
}

/** Return the chat of this page, made from the script's options when absent. */
function placeChat() {
  const placed = document.querySelector(NAME);
  if (placed) return placed;
  const options = scriptOptions();
  const chat = document.createElement(NAME);
  if (options.lang) chat.setAttribute("lang", options.lang);
  if (options.open !== undefined && options.open !== "false") {
    chat.setAttribute("open", "");
  }
  document.body.append(chat);
  return chat;
}

if (!customElements.get(NAME)) {
  // The code leaves the address bar before anything else runs or is shared.
  const signInReturn = takeSignInReturn();
  customElements.define(NAME, ThamRat);
  placeChat().signInReturn = signInReturn;
}
