/* Saves each answer as it is given. What can't be sent is kept in the browser, per attempt and person,
   and sent when the network is back: after a reload too, and once, because the server knows a change
   by its id. What a button asks for (another question, handing in) is the last thing to be sent, and is
   tried again in the same way. Without this script the form does it all. */

import { KeptAnswers } from "./answers-kept.js";
import { csrfToken, fieldsOf } from "./csrf.js";
import { enhance, isAnswered, readAnswer, showAnswer } from "./questions/index.js";

const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 15000;
// The inputs of questions, which have been sent one by one: the page may be older than the answers.
const ANSWER = /^q\d/;
// An answer that is saved at once need not be read out as being saved.
const SLOW_MS = 500;

const form = document.querySelector("[data-quiz]");
if (form) start(form);

function start(quiz) {
  const words = quiz.dataset;
  const state = quiz.querySelector("[data-save-state]");
  const readOut = quiz.querySelector("[data-save-said]");
  const kept = new KeptAnswers(words.keep);
  kept.forgetOthers();
  const queue = new Map(kept.all());
  // Choices on two devices are ordered by the server's clock, not by theirs.
  const ahead = Date.now() - Number(words.now);
  const total = Number(words.total);
  // Those on other pages, where there is one question a page.
  const doneElsewhere = Number(words.done) - questions().filter(isAnswered).length;
  let handingIn = null;
  let leaving = false;
  let sending = false;
  let wait = FIRST_WAIT_MS;
  let timer = 0;

  quiz.querySelector("[data-quiz-state]").hidden = false;
  quiz.querySelector("[data-save-all]").hidden = true;
  for (const asked of questions()) enhance(asked);
  for (const [question, change] of queue) show(question, change.choice);
  count();
  if (queue.size > 0) send();
  else say("ready");
  document.getElementById("obesvarade")?.focus();

  quiz.addEventListener("change", (event) => {
    const question = event.target.closest("[data-question]")?.dataset.question;
    if (!question) return;
    const change = {
      position: Number(question),
      choice: readAnswer(block(question)),
      client_id: crypto.randomUUID?.() ?? `${Date.now()}-${Math.random()}`,
      sequence: Math.max(0, Date.now() - ahead),
    };
    queue.set(question, change);
    if (!leaving) kept.keep(question, change);
    count();
    send();
  });

  quiz.addEventListener("submit", (event) => {
    event.preventDefault();
    handingIn ??= { button: event.submitter };
    send();
  });

  window.addEventListener("online", () => {
    wait = FIRST_WAIT_MS;
    if (isWaiting()) send();
  });
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden && isWaiting()) send();
  });
  // Another tab has sent it, or signed out: either way it is no longer this page's to keep.
  window.addEventListener("storage", (event) => {
    if (event.newValue === null) queue.delete(kept.question(event.key));
  });
  document.addEventListener("kmv:leaving", () => {
    leaving = true;
    queue.clear();
    clearTimeout(timer);
  });

  function isHandingIn() {
    return handingIn !== null && !["visa", "las", "marka", "avmarka"].includes(handingIn.button?.name);
  }

  /** What the button asks for, without the answers. */
  function asked(button) {
    const fields = fieldsOf(quiz, button);
    for (const name of [...fields.keys()]) if (ANSWER.test(name)) fields.delete(name);
    return fields;
  }

  function questions() {
    return Array.from(quiz.querySelectorAll("[data-question]"));
  }

  function isWaiting() {
    return queue.size > 0 || handingIn !== null;
  }

  async function send() {
    if (sending || leaving) return;
    clearTimeout(timer);
    sending = true;
    const doing = isHandingIn() ? "handingIn" : "saving";
    display(doing);
    const slow = setTimeout(() => say(doing), SLOW_MS);
    const outcome = await sendAll();
    clearTimeout(slow);
    sending = false;
    if (outcome === "left" || leaving) return;
    say(outcome);
    if (outcome === "waiting" || outcome === "signedOut") {
      timer = setTimeout(send, wait);
      wait = Math.min(wait * 2, LONGEST_WAIT_MS);
    } else if (isWaiting() && outcome === "saved") {
      // Asked for while the last one was on its way.
      send();
    }
  }

  async function sendAll() {
    let refused = false;
    while (queue.size > 0) {
      const [question, change] = queue.entries().next().value;
      const { outcome, said } = await post(words.save, JSON.stringify(change), {
        "Content-Type": "application/json",
      });
      if (outcome === "refused") refused = true;
      else if (outcome !== "saved") return failed(outcome);
      wait = FIRST_WAIT_MS;
      kept.drop(question, change);
      // Changed again while it was sent: the newer change is still to go.
      if (queue.get(question) !== change) continue;
      queue.delete(question);
      if (said?.deadline) quiz.dispatchEvent(new CustomEvent("kmv:deadline", { detail: said.deadline }));
      // A newer choice, made on another device, holds; and a case goes on with its next step.
      if (said?.html || (said?.choice && !same(said.choice, change.choice))) {
        show(question, said.choice, said.html);
      }
    }
    if (!handingIn) return refused ? "gone" : "saved";
    const { outcome, said } = await post(quiz.action, asked(handingIn.button));
    if (outcome !== "saved") return failed(outcome);
    return go(said.next);
  }

  /** After these there is no use in trying again by itself. */
  function failed(outcome) {
    if (outcome === "over") return go(words.result);
    if (outcome === "gone" || outcome === "refused") handingIn = null;
    return outcome === "refused" ? "gone" : outcome;
  }

  function go(address) {
    leaving = true;
    kept.forget();
    const here = new URL(address, window.location.href);
    // The same page with another fragment would not be asked for anew.
    if (here.pathname + here.search === window.location.pathname + window.location.search) {
      window.location.reload();
    } else window.location.assign(address);
    return "left";
  }

  async function post(address, body, headers = {}) {
    let response;
    try {
      response = await fetch(address, {
        method: "POST",
        headers: { ...headers, "X-CSRFToken": csrfToken(quiz), "X-Requested-With": "fetch" },
        body,
        redirect: "manual",
      });
      if (response.ok) return { outcome: "saved", said: await response.json() };
    } catch {
      return { outcome: "waiting" };
    }
    if (response.type === "opaqueredirect" || response.status === 403) {
      return { outcome: "signedOut" };
    }
    if (response.status === 409) return { outcome: "over" };
    if (response.status === 400) return { outcome: "refused" };
    return { outcome: response.status === 404 ? "gone" : "waiting" };
  }

  /** For eyes and ears. */
  function say(what) {
    display(what);
    if (readOut.textContent !== state.textContent) readOut.textContent = state.textContent;
  }

  function display(what) {
    state.textContent = {
      ready: words.wordsReady,
      saved: words.wordsSaved,
      saving: words.wordsSaving,
      handingIn: words.wordsHandingIn,
      waiting: isHandingIn() ? words.wordsWaitingToHandIn : words.wordsWaiting,
      signedOut: words.wordsSignedOut,
      gone: words.wordsGone,
    }[what];
    state.dataset.state = what;
    const fine = ["ready", "saved", "saving", "handingIn"].includes(what);
    state.classList.toggle("save-state--waiting", !fine);
  }

  function count() {
    const done = questions().filter(isAnswered);
    quiz.querySelector("[data-answered]").textContent = words.wordsAnswered
      .replace("{n}", String(doneElsewhere + done.length))
      .replace("{total}", String(total));
    for (const question of questions()) showOnMap(question.dataset.question, done.includes(question));
    pointOut();
  }

  function showOnMap(question, answered) {
    const spot = quiz.querySelector(`[data-spot="${CSS.escape(question)}"]`);
    if (!spot) return;
    spot.classList.toggle("is-answered", answered);
    const state = spot.querySelector("[data-spot-state]");
    state.textContent = `, ${answered ? state.dataset.wordsAnswered : state.dataset.wordsUnanswered}`;
  }

  /** What handing in found unanswered, as far as it still is. */
  function pointOut() {
    const summary = document.getElementById("obesvarade");
    if (!summary) return;
    const notes = Array.from(quiz.querySelectorAll("[data-unanswered]"));
    const left = notes.filter((note) => !isAnswered(block(note.dataset.unanswered)));
    for (const note of notes) {
      const asked = note.closest("fieldset");
      const answered = !left.includes(note);
      note.classList.toggle("is-answered", answered);
      if (answered) asked.removeAttribute("aria-describedby");
      else asked.setAttribute("aria-describedby", note.id);
      summary.querySelector(`[href="#${asked.id}"]`).closest("li").hidden = answered;
    }
    const title = summary.querySelector("[data-unanswered-title]");
    const words = left.length === 1 ? title.dataset.wordsOne : title.dataset.wordsMany;
    title.textContent = words.replace("{n}", String(left.length));
    summary.hidden = left.length === 0;
    quiz.querySelector("[data-anyway]").hidden = left.length === 0;
  }

  function block(question) {
    return quiz.querySelector(`[data-question="${CSS.escape(question)}"]`);
  }

  function show(question, choice, html) {
    const asked = block(question);
    if (asked) showAnswer(asked, choice, html);
    count();
  }
}

/** Answers are data in the order of the question. */
function same(one, other) {
  return JSON.stringify(one) === JSON.stringify(other);
}
