/* Making a target: what is typed is kept, and the sentence and what comes of it follow, without
   the page being sent by hand. Without this script the buttons beside each field do the same. */

const form = document.querySelector("[data-builder]");
const FOLLOWS = ["mening", "utfall"]; // what is never filled in, so may be replaced at any time
const WAIT_MS = 400;
let timer;
let under;

/** The first character that does not fit is where one goes on typing. */
function toTheMistake() {
  const text = form.querySelector("textarea[data-position]");
  if (text) {
    const at = Number(text.dataset.position) - 1;
    text.focus();
    text.setSelectionRange(at, Math.min(at + 1, text.value.length));
  }
}

/** What the page says inside takes the place of what stands there; a reader aloud hears of it. */
function replace(id, page) {
  const [here, there] = [document.getElementById(id), page.getElementById(id)];
  if (here && there) here.replaceChildren(...document.adoptNode(there).childNodes);
}

/** A part of the form is replaced only where nothing has been typed since it was sent. The focus
    stays where it was; from a value that is gone it goes to where the next one is written. */
function replaceSlot(slot, page, sent) {
  if (!slot?.isConnected || !slot.id || said(slot) !== sent) return;
  const focused = slot.contains(document.activeElement) ? document.activeElement : undefined;
  replace(slot.id, page);
  if (focused) {
    const same = focused.id && document.getElementById(focused.id);
    (same || slot.querySelector("input[type=text], select"))?.focus();
  }
}

function said(part) {
  return JSON.stringify([...part.querySelectorAll("input, select")].map((one) => [one.value, one.checked]));
}

async function follow(slot) {
  under?.abort();
  const mine = new AbortController();
  under = mine;
  const body = new FormData(form);
  body.set("gor", "visa");
  const sent = slot ? said(slot) : "";
  document.getElementById("utfall")?.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(form.action, { method: "POST", body, signal: mine.signal });
    if (!answer.ok || new URL(answer.url).pathname !== location.pathname) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    FOLLOWS.forEach((id) => replace(id, page));
    replaceSlot(slot, page, sent);
  } catch {
    // No connection, or something newer is on its way: what is typed stands in the page, and the
    // next press or change sends all of it.
  } finally {
    // Something newer may be on its way, and the figures still to change.
    if (under === mine) document.getElementById("utfall")?.removeAttribute("aria-busy");
  }
}

if (form) {
  toTheMistake();
  form.addEventListener("change", (event) => {
    clearTimeout(timer);
    const slot = event.target.closest("[data-slot]");
    timer = setTimeout(() => follow(slot), WAIT_MS);
  });
  // Enter after a value takes it in, and one goes on with the next.
  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target.matches("[data-slot] input[type=text]")) {
      event.preventDefault();
      clearTimeout(timer);
      follow(event.target.closest("[data-slot]"));
    }
  });
  // The form goes by itself: nothing is to come after it.
  form.addEventListener("submit", () => {
    clearTimeout(timer);
    under?.abort();
  });
}
