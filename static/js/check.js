/* Knowledge checks in a lesson: the answer's outcome is shown in place instead of on a page of its own. */

for (const check of document.querySelectorAll("[data-check]")) {
  const form = check.querySelector("form");
  const outcome = check.querySelector("[data-check-outcome]");
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const button = form.querySelector("button");
    button.disabled = true;
    try {
      const response = await fetch(form.action, {
        method: "POST",
        body: new FormData(form),
        headers: { "X-Requested-With": "fetch" },
        redirect: "error",
      });
      if (!response.ok) throw new Error(String(response.status));
      outcome.innerHTML = await response.text();
      form.hidden = true;
      outcome.querySelector("[tabindex]")?.focus();
    } catch {
      // Without the network, or signed out: the plain form says what is the matter.
      form.submit();
    } finally {
      button.disabled = false;
    }
  });
}
