/* Interactive content in a lesson. The lesson shows a still frame with a button; pressing it asks the
   server for a launch, and puts the content in a sandboxed frame that can reach nothing of ours. What
   the content says comes by postMessage, is looked through, and sent on by the outbox. Without this
   script the block says what it needs. */

import { csrfToken } from "../csrf.js";
import { KMV, Patience, read } from "./messages.js";
import { Outbox } from "./outbox.js";

// `allow-same-origin` would hand the content our cookies, storage and pages.
const SANDBOX = "allow-scripts allow-forms allow-popups";
// A slow network is waited for, and said; what has all arrived and says nothing is not.
const LONG_MS = 8000;
const PATIENCE_MS = 25_000;
const ENDLESS_MS = 300_000;
const SAVE_BEFORE_LEAVING_MS = 400;
const LOWEST = 120;

class Player {
  constructor(block) {
    this.block = block;
    this.words = block.dataset;
    this.form = block.querySelector("[data-h5p-open]");
    this.stage = block.querySelector("[data-h5p-stage]");
    this.state = block.querySelector("[data-h5p-state]");
    this.trouble = block.querySelector("[data-h5p-trouble]");
    this.tools = block.querySelector("[data-h5p-tools]");
    this.frame = null;
    this.nonce = null;
    this.saved = null;
    block.querySelector("[data-h5p-needs]").remove();
    this.form.hidden = false;
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.open(event.submitter);
    });
    const whole = block.querySelector("[data-h5p-whole]");
    this.whole = whole;
    whole.addEventListener("click", () => this.turn());
    this.exit = block.querySelector("[data-h5p-exit]");
    document.addEventListener("fullscreenchange", () => this.turned());
    window.addEventListener("message", (event) => this.hear(event));
  }

  get isPlaying() {
    return this.frame !== null && this.block.dataset.standing === "playing";
  }

  /* Opening */

  async open(button) {
    if (this.block.dataset.standing === "opening") return;
    this.show("opening");
    this.say(this.words.wordsOpening);
    const fields = new FormData(this.form);
    if (button?.name) fields.set(button.name, button.value);
    fields.delete("csrfmiddlewaretoken");
    const { answer, problem } = await this.ask(fields);
    if (problem) {
      this.fail(problem);
      return;
    }
    this.launched = answer;
    this.nonce = answer.nonce;
    this.outbox = new Outbox({
      launch: answer.launch,
      person: this.words.person,
      form: this.form,
      say: (outcome, said) => this.heard(outcome, said),
    });
    this.showResult(answer.shown, answer.met);
    this.put(answer.frame);
  }

  async ask(fields) {
    let response;
    try {
      response = await fetch(this.form.action, {
        method: "POST",
        headers: { "X-CSRFToken": csrfToken(this.form), "X-Requested-With": "fetch" },
        body: fields,
        redirect: "manual",
      });
    } catch {
      return { problem: this.words.wordsNoNetwork };
    }
    const answer = await response.json().catch(() => undefined);
    if (response.ok && answer?.launch) return { answer };
    if (response.type === "opaqueredirect" || response.status === 403) {
      return { problem: this.words.wordsSignedOut };
    }
    return { problem: answer?.error || this.words.wordsFailed };
  }

  put(address) {
    const frame = document.createElement("iframe");
    frame.setAttribute("sandbox", SANDBOX);
    // To a page without an origin Firefox gives only what everybody is given.
    frame.allow = "fullscreen *";
    frame.referrerPolicy = "no-referrer";
    frame.title = this.words.title;
    frame.height = LOWEST;
    this.frame = frame;
    let loads = 0;
    frame.addEventListener("load", () => {
      loads += 1;
      // The content went somewhere, or began itself anew: it is not the one that was opened.
      if (loads > 1) this.fail(this.words.wordsFailed);
      else if (this.block.dataset.standing === "opening") this.waitFor(PATIENCE_MS);
    });
    this.patience = new Patience();
    this.isPointedAt = false;
    frame.addEventListener("pointerenter", () => (this.isPointedAt = true));
    frame.addEventListener("pointerleave", () => (this.isPointedAt = false));
    this.taken = [];
    this.long = setTimeout(() => this.say(this.words.wordsLong), LONG_MS);
    this.waitFor(ENDLESS_MS);
    // The page of an address that has run out says nothing; only ours does.
    frame.src = address;
    this.stage.replaceChildren(frame);
    this.stage.hidden = false;
  }

  waitFor(ms) {
    clearTimeout(this.waits);
    this.waits = setTimeout(() => this.fail(this.words.wordsSlow), ms);
  }

  waitNoMore() {
    clearTimeout(this.waits);
    clearTimeout(this.long);
  }

  /* What the frame says */

  hear(event) {
    if (event.source === null || event.source !== this.frame?.contentWindow) return;
    const said = read(event, this.frame, this.nonce);
    if (!this.patience.bears(said)) this.fail(this.words.wordsFailed);
    else if (said) this[`on_${said.kind}`](said);
  }

  on_ready() {
    // Once: whatever comes to stand in the frame later is told nothing.
    if (this.greeted === this.frame) return;
    this.greeted = this.frame;
    const { nonce, state, save_seconds } = this.launched;
    this.frame.contentWindow.postMessage({ kmv: KMV, kind: "hello", nonce, state, save_seconds }, "*");
  }

  on_opened() {
    // Once: it would move the focus here whenever it likes.
    if (this.block.dataset.standing !== "opening") return;
    this.waitNoMore();
    this.show("playing");
    this.whole.hidden = !document.fullscreenEnabled;
    this.say(this.words.wordsReady);
    this.frame.focus();
  }

  on_height({ height }) {
    this.frame.height = Math.max(LOWEST, height);
  }

  on_statement({ statement, kept }) {
    this.outbox.addStatement(statement, kept);
    this.block.dispatchEvent(new CustomEvent("kmv:h5p-said", { detail: statement, bubbles: true }));
  }

  on_state(state) {
    this.outbox.addState(state);
  }

  on_saved() {
    this.saved?.();
  }

  on_failed({ reason }) {
    this.fail(reason === "missing" ? this.words.wordsMissing : this.words.wordsFailed);
  }

  on_tooBig() {
    this.tell(this.words.wordsLost);
  }

  on_trouble() {
    this.tell(this.words.wordsPart);
  }

  /** Esc in the frame: static/js/quick-exit.js hears it as every Esc. */
  on_leave() {}

  /** Its buttons come along to full screen: the way back, and the way out of the page. */
  turn() {
    if (document.fullscreenElement === this.block) document.exitFullscreen();
    else this.block.requestFullscreen().catch(() => undefined);
  }

  turned() {
    const isWhole = document.fullscreenElement === this.block;
    const words = isWhole ? this.words.wordsWholeLeave : this.words.wordsWhole;
    this.whole.querySelector("[data-h5p-whole-words]").textContent = words;
    // The page where a content is tried has no way out of its own.
    this.exit.hidden = !isWhole || this.exit.form === null;
  }

  askToSave() {
    this.frame?.contentWindow?.postMessage({ kmv: KMV, kind: "save" }, "*");
  }

  /** Ask the content how far one has come, and give it a moment to say. */
  saveFirst() {
    return new Promise((done) => {
      this.saved = done;
      setTimeout(done, SAVE_BEFORE_LEAVING_MS);
      this.askToSave();
    });
  }

  /* What is shown */

  show(state) {
    this.block.dataset.standing = state;
    this.form.hidden = state === "playing";
    // Not disabled: the one that was pressed has the focus, and keeps it.
    for (const button of this.form.querySelectorAll("button")) {
      if (state === "opening") button.setAttribute("aria-disabled", "true");
      else button.removeAttribute("aria-disabled");
    }
    this.tools.hidden = state !== "playing" && state !== "opening";
    if (state !== "failed") this.trouble.hidden = true;
  }

  say(words, isWaiting = false) {
    if (this.state.textContent !== words) this.state.textContent = words;
    this.state.classList.toggle("save-state--waiting", isWaiting);
  }

  heard(outcome, answer) {
    if (answer?.shown) this.showResult(answer.shown, answer.met);
    // Said where it is read aloud: a film's state is saved every few seconds, and that it was is said once.
    if (outcome === "saving") return;
    if (outcome === "lost") {
      this.tell(this.words.wordsLost);
      if (this.outbox.isEmpty) this.say("");
      return;
    }
    const words = {
      saved: this.words.wordsSaved,
      waiting: this.words.wordsWaiting,
      signedOut: this.words.wordsSignedOut,
      gone: this.words.wordsGone,
    }[outcome];
    this.say(words ?? this.words.wordsWaiting, outcome !== "saved");
  }

  showResult(shown, isMet) {
    if (!shown) return;
    const result = this.block.querySelector("[data-h5p-result]");
    result.textContent = shown.words ?? "";
    result.hidden = !shown.words;
    const demand = this.block.querySelector("[data-h5p-demand]");
    if (!isMet || !demand) return;
    demand.querySelector("[data-h5p-demand-done]").hidden = false;
    demand.querySelector("[data-h5p-demand-text]").textContent = this.words.wordsDone;
  }

  tell(words) {
    const text = this.trouble.querySelector("[data-h5p-trouble-text]");
    if (text.textContent !== words) text.textContent = words;
    this.trouble.hidden = false;
  }

  fail(words) {
    this.waitNoMore();
    const on = document.activeElement;
    const goes = this.block.contains(on) && !this.form.contains(on);
    if (document.fullscreenElement === this.block) document.exitFullscreen();
    this.frame?.remove();
    this.frame = null;
    this.stage.hidden = true;
    this.show("failed");
    this.say("");
    this.tell(words);
    // What had the focus is gone. Keys that were meant for a field press no button of ours.
    if (goes) (fieldBeingWrittenIn(this) ?? this.form.querySelector("button")).focus();
  }
}

const players = Array.from(document.querySelectorAll("[data-h5p]"), (block) => new Player(block));

/* Keys that somebody presses in a field of ours, a reflection for instance, go to no content: the focus
   that one takes meanwhile is taken back, and one that goes on taking it is closed. Whoever points at
   it, or goes there with Tab, has gone there by themself. */
const FIELDS = "textarea, input, select, [contenteditable]";
const MOST_TAKEN = 3;
// A finger points at nothing before it is there: only who has just pressed a key is writing.
const isByHand = window.matchMedia("(pointer: coarse)").matches;
const WRITING_MS = isByHand ? 1000 : 5000;
let writing = { field: null, at: -Infinity };
let takesBack = false;

for (const kind of isByHand ? ["keydown"] : ["keydown", "focusin"]) {
  document.addEventListener(
    kind,
    (event) => {
      if (takesBack) return;
      const field = event.key === "Tab" ? null : event.target.closest?.(FIELDS);
      writing = { field, at: performance.now() };
    },
    { capture: true },
  );
}

// Not at once: while the focus is on its way, the browser lets it go there whatever one says.
window.addEventListener("blur", () => setTimeout(takeBack));

/** Where somebody writes just now, unless they have gone to this player by themself. */
function fieldBeingWrittenIn(player, now = performance.now()) {
  const { field, at } = writing;
  return field?.isConnected && now - at < WRITING_MS && !player.isPointedAt ? field : null;
}

function takeBack() {
  const now = performance.now();
  const player = players.find((one) => one.frame && document.activeElement === one.frame);
  const field = player && fieldBeingWrittenIn(player, now);
  if (!field) return;
  takesBack = true;
  field.focus({ preventScroll: true });
  takesBack = false;
  player.taken = [...player.taken.filter((then) => now - then < WRITING_MS), now];
  if (player.taken.length >= MOST_TAKEN) player.fail(player.words.wordsFailed);
}

// Before another page takes this one's place, the contents say how far one has come.
document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[href]");
  const open = players.filter((one) => one.isPlaying);
  const stays = !link || link.target || event.defaultPrevented || event.button !== 0;
  const elsewhere = event.metaKey || event.ctrlKey || event.shiftKey || event.altKey;
  if (stays || elsewhere || open.length === 0 || link.getAttribute("href").startsWith("#")) return;
  event.preventDefault();
  Promise.all(open.map((one) => one.saveFirst())).then(() => window.location.assign(link.href));
});

for (const kind of ["submit", "visibilitychange"]) {
  document.addEventListener(kind, () => players.filter((one) => one.isPlaying).forEach((one) => one.askToSave()));
}
