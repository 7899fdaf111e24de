// Leads from a finding to its place in the editor: opens what is folded, and puts the cursor there.
// Without it the link reloads nothing and Wagtail finds the place when the address is opened anew.

const FIELD = "input:not([type=hidden]), textarea, select, [contenteditable=true], button";

function placeOf(path) {
  const parts = path.split(".").filter(Boolean);
  // What lies deepest may not be in the form any more: the nearest that is.
  for (let length = parts.length; length > 0; length -= 1) {
    const where = parts.slice(0, length).map((part) => `[data-contentpath="${CSS.escape(part)}"]`);
    const found = document.querySelector(where.join(" "));
    if (found) return found;
  }
  return null;
}

function openAround(place) {
  for (let panel = place.closest("[data-panel]"); panel; panel = panel.parentElement.closest("[data-panel]")) {
    const toggle = panel.querySelector("[data-panel-toggle]");
    if (toggle && toggle.getAttribute("aria-expanded") === "false") toggle.click();
  }
}

function openTab(place) {
  const tab = place.closest("[role=tabpanel][hidden]");
  if (tab) document.querySelector(`[role=tab][aria-controls="${tab.id}"]`)?.click();
}

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("[data-finding]");
  const place = link && placeOf(link.dataset.finding);
  if (!place) return;
  event.preventDefault();
  openTab(place);
  openAround(place);
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  place.scrollIntoView({ block: "center", behavior: still ? "auto" : "smooth" });
  place.querySelector(FIELD)?.focus({ preventScroll: true });
  place.classList.add("content-checks__found");
  setTimeout(() => place.classList.remove("content-checks__found"), 2500);
});
