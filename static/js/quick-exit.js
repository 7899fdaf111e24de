/* "Lämna sidan snabbt": a click, or Esc twice within a second, hides the page at once, wipes what
   the browser kept of this person, signs out, and replaces the page with a neutral one in the same
   tab. Without this script the button is a plain form that posts to the same address.

   A player in a sandboxed frame hands its Esc keys out by posting {type: "kmv:escape"}. */

import { wipeKept } from "./kept.js";

const TWICE_WITHIN_MS = 1000;
const WAIT_FOR_SIGN_OUT_MS = 1500;

const form = document.querySelector("form[data-quick-exit]");
let lastEscape = -Infinity;
let leaving = false;

async function leave() {
  if (leaving) {
    return;
  }
  leaving = true;
  document.documentElement.hidden = true;
  document.title = "\u200b";
  // Scripts that keep unsent answers stop keeping them before the wipe.
  document.dispatchEvent(new CustomEvent("kmv:leaving"));
  wipeKept();
  const signOut = fetch(form.action, {
    method: "POST",
    keepalive: true,
    credentials: "same-origin",
    redirect: "manual",
  }).catch(() => undefined);
  // The request outlives the page; waiting for it makes sure "back" already meets the log-in page.
  const patience = new Promise((resolve) => setTimeout(resolve, WAIT_FOR_SIGN_OUT_MS));
  await Promise.race([signOut, patience]);
  window.location.replace(form.action);
}

function escape() {
  const now = performance.now();
  if (now - lastEscape <= TWICE_WITHIN_MS) {
    leave();
  }
  lastEscape = now;
}

if (form) {
  document.documentElement.classList.add("has-script");
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    leave();
  });
  // In the capturing phase, so that no dialog or player swallows the key.
  window.addEventListener(
    "keydown",
    (event) => {
      if (event.key === "Escape" && !event.repeat) {
        escape();
      }
    },
    { capture: true },
  );
  window.addEventListener("message", (event) => {
    const fromOwnFrame = Array.from(document.querySelectorAll("iframe")).some(
      (frame) => frame.contentWindow === event.source,
    );
    if (fromOwnFrame && event.data?.type === "kmv:escape") {
      escape();
    }
  });
}
