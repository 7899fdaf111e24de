/* Knowledge checks in a lesson: the answer's outcome is shown in place instead of on a page of its own. */

import { csrfToken, fieldsOf } from "./csrf.js";
import { enhance } from "./questions/index.js";

for (const check of document.querySelectorAll("[data-check]")) {
  const form = check.querySelector("form");
  const state = check.querySelector("[data-check-state]");
  const outcome = check.querySelector("[data-check-outcome]");
  let sending = false;
  enhance(form);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (sending) return;
    sending = true;
    state.textContent = "";
    try {
      const response = await fetch(form.action, {
        method: "POST",
        body: fieldsOf(form, event.submitter),
        headers: { "X-Requested-With": "fetch", "X-CSRFToken": csrfToken(form) },
        redirect: "manual",
      });
      if (response.type === "opaqueredirect") {
        // Signed out meanwhile: the lesson asks to log in, and comes back.
        window.location.reload();
        return;
      }
      if (!response.ok) throw new Error(String(response.status));
      const said = document.createElement("template");
      said.innerHTML = await response.text();
      const next = said.content.querySelector("fieldset[data-type]");
      if (next) askOn(form, next);
      else {
        outcome.replaceChildren(said.content);
        form.hidden = true;
        outcome.querySelector("[tabindex]")?.focus();
      }
    } catch {
      state.textContent = check.dataset.wordsFailed;
    } finally {
      sending = false;
    }
  });
}

/** A case goes on: its next step in place of the one before. */
function askOn(form, next) {
  form.querySelector("fieldset[data-type]").replaceWith(next);
  enhance(form);
  next.querySelector("[data-present]")?.focus();
}
