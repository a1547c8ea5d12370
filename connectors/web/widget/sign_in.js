/** Leaves for the sign-in page and takes what it brings back in the address. */

const FRAGMENT = /^#thamrat-sign-in=([^&]*)$/;
const PLACE = "thamrat.place";

/** How a sign-in can end without a code, and the words for it. */
const ENDINGS = {
  cancelled: "signInCancelled",
  denied: "signInDenied",
  expired: "signInExpired",
  failed: "signInFailed",
};

/** Return the page's address without its fragment, as the place to come back to. */
export function returnUrl() {
  return location.href.split("#")[0];
}

/** Go to the sign-in page in this tab; the page's own fragment is kept for later. */
export function leaveForSignIn(url) {
  try {
    sessionStorage.setItem(PLACE, location.hash);
  } catch {
    // Without storage the page comes back at its top.
  }
  location.assign(url);
}

/** Return and clear the fragment that was there before leaving. */
function takePlace() {
  try {
    const place = sessionStorage.getItem(PLACE) ?? "";
    sessionStorage.removeItem(PLACE);
    return place;
  } catch {
    return "";
  }
}

/** Return `{code}` or `{ending}` from the address, removed from it, or null. */
export function takeSignInReturn() {
  const found = FRAGMENT.exec(location.hash);
  if (!found) return null;
  history.replaceState(history.state, "", returnUrl() + takePlace());
  const value = decodeURIComponent(found[1]);
  if (Object.hasOwn(ENDINGS, value)) return { ending: ENDINGS[value] };
  return { code: value };
}

/** Return the name of the words for a completion that the server refused. */
export function refusalWords({ status }) {
  if (status === 401 || status === 403) return "signInElsewhere";
  if (status === 404 || status === 410) return "signInExpired";
  return "signInFailed";
}
