/* On every signed-in page: nothing of it is left on a shared computer. */

import "./idle.js";
import "./menu.js";
import { forgetOthers, wipeKept } from "./kept.js";

// Whoever was here before, and was signed out without a word.
if (document.body.dataset.person) forgetOthers(document.body.dataset.person);

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
