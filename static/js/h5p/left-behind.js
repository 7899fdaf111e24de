/* What content reported and its page could not send goes from whichever signed-in page comes next. */

import { leftBehind, Outbox } from "./outbox.js";

/** `keys`: of the storage, as they were before this page opened anything. */
export function send(person, keys) {
  // For the token that it carries.
  const form = document.querySelector("form[data-sign-out]");
  for (const launch of leftBehind(person, keys)) {
    new Outbox({ launch, person, form, say: () => undefined, isLeft: true }).again();
  }
}
