/* On every signed-in page: nothing of it is left on a shared computer, and what an earlier page could
   not send goes. */

import "./idle.js";
import "./menu.js";
import { forgetOthers, wipeKept } from "./kept.js";

const { person } = document.body.dataset;
if (person) {
  // Whoever was here before, and was signed out without a word.
  forgetOthers(person);
  sendLeftBehind();
}

/* What interactive content reported, and the page it was on could not send. Looked for before this page
   can open any content: what that one keeps is its own to send. */
function sendLeftBehind() {
  let keys = [];
  try {
    keys = Object.keys(localStorage).filter((key) => key.startsWith("kmv:h5p:"));
  } catch {
    // Storage is switched off in this browser.
  }
  if (keys.length === 0) return;
  // No network yet: it is kept, and the next page tries.
  import("./h5p/left-behind.js").then((module) => module.send(person, keys)).catch(() => undefined);
}

document
  .querySelectorAll("form[data-sign-out]")
  .forEach((form) => form.addEventListener("submit", wipeKept));

// A page the browser kept whole for "back" is asked for anew: signed out, it is the log-in page.
window.addEventListener("pageshow", (event) => {
  if (event.persisted) {
    document.documentElement.hidden = true;
    window.location.reload();
  }
});
