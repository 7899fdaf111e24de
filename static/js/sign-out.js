/* Signing out the ordinary way wipes what the browser kept of this person's unsent answers:
   the computer may be shared. */

import { wipeKept } from "./kept.js";

document
  .querySelectorAll("form[data-sign-out]")
  .forEach((form) => form.addEventListener("submit", wipeKept));
