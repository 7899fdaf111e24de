/* Before somebody is signed out for having been away, the page asks whether they are there (WCAG
   2.2.1): Enter, Space or Esc is enough to stay. Where the working day's limit is what ends it,
   which nothing prolongs, the page says so instead. The server decides; this only tells in time. */

import { csrfToken } from "./csrf.js";

const WARNED_BEFORE_MS = 120_000;
const LOOKED_EVERY_MS = 10_000;

const dialog = document.querySelector("dialog[data-idle]");
const loaded = Date.now();
const tabs = new BroadcastChannel("kmv:seen"); // other tabs keep the same log-in alive
const idle = Number(dialog?.dataset.idle) * 1000;
let ends = loaded + Number(dialog?.dataset.longest) * 1000;
let seen = loaded;
let told = false; // that the day ends: once is enough

function noteSeen() {
  seen = Date.now();
  tabs.postMessage("seen");
}

function look() {
  const away = seen + idle;
  const left = Math.min(away, ends) - Date.now();
  const before = Math.min(WARNED_BEFORE_MS, idle / 2);
  if (left > before) {
    dialog.dataset.state = "here";
    if (dialog.open) dialog.close("elsewhere");
  } else {
    const state = left <= 0 ? "over" : ends <= away ? "day" : "away";
    for (const part of dialog.querySelectorAll("[data-when]")) {
      part.hidden = part.dataset.when !== state;
    }
    dialog.dataset.state = state;
    if (!dialog.open && !(state === "day" && told)) dialog.showModal();
    told = state === "day";
  }
  window.setTimeout(look, Math.max(1000, Math.min(LOOKED_EVERY_MS, Math.abs(left - before))));
}

async function stay() {
  const answer = await fetch(dialog.dataset.stay, {
    method: "POST",
    headers: { "X-CSRFToken": csrfToken(dialog.querySelector("form")) },
    redirect: "manual",
  }).catch(() => undefined);
  if (answer?.ok) {
    ends = Date.now() + (await answer.json()).longest * 1000;
    noteSeen();
    dialog.dataset.state = "here";
  } else if (answer) {
    window.location.reload(); // signed out: the log-in page, which comes back here
  }
}

if (dialog) {
  tabs.addEventListener("message", () => (seen = Date.now()));
  noteSeen();
  dialog.addEventListener("close", () => {
    if (dialog.returnValue !== "elsewhere") stay();
    dialog.returnValue = "";
  });
  // What the page's other scripts send keeps the session alive too.
  new PerformanceObserver((sent) => {
    const kept = sent.getEntries().some((one) => one.initiatorType === "fetch" && one.responseStatus === 200);
    if (kept) noteSeen();
  }).observe({ type: "resource" });
  look();
}
