/* A form that is on its way is not sent again by a second press. Forms whose own script sends them
   are left to it, and so is the exit: nothing holds that back. */

import { forgetOld } from "./kept.js";

// On every page, the one to log in at too: a shared computer keeps nothing for ever.
forgetOld();

const AGAIN_AFTER_MS = 8000; // a file was fetched, or no answer came: one may try again
const sent = new Map();

function release(form) {
  sent.delete(form);
  form.removeAttribute("aria-busy");
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post" || "quickExit" in form.dataset) {
    return;
  }
  if (sent.has(form)) {
    event.preventDefault();
    return;
  }
  sent.set(form, setTimeout(() => release(form), AGAIN_AFTER_MS));
  form.setAttribute("aria-busy", "true");
});

// "Back" shows the page as it was left: its forms may be sent anew.
window.addEventListener("pageshow", () => {
  for (const [form, timer] of sent) {
    clearTimeout(timer);
    release(form);
  }
});
