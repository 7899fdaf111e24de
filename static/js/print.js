/* A button that prints the page. Without scripts it is not there: the browser's own menu prints. */

for (const row of document.querySelectorAll("[data-print]")) {
  row.hidden = false;
  row.querySelector("button").addEventListener("click", () => window.print());
}
