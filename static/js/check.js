/* Knowledge checks in a lesson: the answer's outcome is shown in place instead of on a page of its own. */

import { csrfToken, fieldsOf } from "./csrf.js";

for (const check of document.querySelectorAll("[data-check]")) {
  const form = check.querySelector("form");
  const button = form.querySelector("button");
  const state = check.querySelector("[data-check-state]");
  const outcome = check.querySelector("[data-check-outcome]");
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (button.disabled) return;
    button.disabled = true;
    state.textContent = "";
    try {
      const response = await fetch(form.action, {
        method: "POST",
        body: fieldsOf(form),
        headers: { "X-Requested-With": "fetch", "X-CSRFToken": csrfToken(form) },
        redirect: "manual",
      });
      if (response.type === "opaqueredirect") {
        // Signed out meanwhile: the lesson asks to log in, and comes back.
        window.location.reload();
        return;
      }
      if (!response.ok) throw new Error(String(response.status));
      outcome.innerHTML = await response.text();
      form.hidden = true;
      outcome.querySelector("[tabindex]")?.focus();
    } catch {
      state.textContent = check.dataset.wordsFailed;
    } finally {
      button.disabled = false;
    }
  });
}
