/* "Next" without a network waits for it, instead of leaving the reader on the browser's error page. */

const form = document.querySelector("form[data-next]");
const note = form?.querySelector("[data-next-waiting]");

form?.addEventListener("submit", (event) => {
  if (navigator.onLine) {
    return;
  }
  event.preventDefault();
  if (note.hidden) {
    note.hidden = false;
    window.addEventListener("online", () => form.submit(), { once: true });
  }
});

// Shown again by "back", the page must not look as if it still waited.
window.addEventListener("pageshow", () => {
  if (note) {
    note.hidden = true;
  }
});
