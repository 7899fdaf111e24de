/* A reflection can be printed. It is never sent, never stored, and gone when the page is left. */

for (const section of document.querySelectorAll("[data-reflection]")) {
  const area = section.querySelector("textarea");
  const printed = section.querySelector("[data-reflection-printed]");
  const row = section.querySelector("[data-reflection-print]");
  row.hidden = false;
  row.querySelector("button").addEventListener("click", () => window.print());
  // Paper shows all of the text, also what the box has scrolled away.
  window.addEventListener("beforeprint", () => (printed.textContent = area.value));
  window.addEventListener("afterprint", () => (printed.textContent = ""));
  const forget = () => {
    area.value = "";
    printed.textContent = "";
  };
  document.addEventListener("kmv:leaving", forget);
  window.addEventListener("pagehide", forget);
}
