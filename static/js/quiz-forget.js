/* On the result page: what the browser kept of the attempt's answers is no longer needed. */

const key = document.querySelector("[data-forget]")?.dataset.forget;
try {
  if (key) localStorage.removeItem(key);
} catch {
  // Storage is switched off in this browser.
}
