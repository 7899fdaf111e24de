/* The time that is left of a quiz with a limit: told by the minute, hidden by whom it worries, with two
   warnings. When it is up, the form is asked to hand in; the server's clock decides, and hands in what
   it has also when no browser asks. */

const MINUTE_MS = 60000;
const WARN_AT_MINUTES = [5, 1];
// The server's clock must have passed the moment when it is asked.
const MARGIN_MS = 1000;
const HIDDEN = "kmv:clock-hidden";

const clock = document.querySelector("[data-clock]");
if (clock) start(clock);

function start(clock) {
  const words = clock.dataset;
  const left = clock.querySelector("[data-clock-left]");
  const until = clock.querySelector("[data-clock-until]");
  const toggle = clock.querySelector("[data-clock-toggle]");
  const warning = clock.querySelector("[data-clock-warning]");
  const button = clock.querySelector("[data-clock-up]");
  // By a clock that nobody sets while the page is open. It stands still in a sleeping computer: then
  // the wall's clock is further on.
  const opened = { server: Number(words.now), steady: performance.now(), wall: Date.now() };
  let deadline = Number(words.until);
  let warned = Infinity;
  let timer = 0;

  toggle.hidden = false;
  toggle.addEventListener("click", () => hide(!isHidden()));
  hide(isHidden());
  clock.closest("form").addEventListener("kmv:deadline", (event) => {
    if (event.detail === deadline) return;
    deadline = event.detail;
    warned = Infinity;
    until.hidden = true;
    warning.textContent = words.wordsMore;
    tick();
  });
  document.addEventListener("visibilitychange", () => document.hidden || tick());
  document.addEventListener("kmv:leaving", () => clearTimeout(timer));
  tick();

  function remaining() {
    const passed = Math.max(performance.now() - opened.steady, Date.now() - opened.wall);
    return deadline - opened.server - passed;
  }

  function tick() {
    clearTimeout(timer);
    const rest = remaining();
    if (rest <= -MARGIN_MS) {
      left.textContent = words.wordsLess;
      warning.textContent = words.wordsUp;
      button.form.requestSubmit(button);
      return;
    }
    const minutes = Math.ceil(rest / MINUTE_MS);
    left.textContent = inWords(minutes);
    warn(minutes);
    // On to the next whole minute, or to the end.
    timer = setTimeout(tick, rest > 0 ? rest - (minutes - 1) * MINUTE_MS + 20 : rest + MARGIN_MS + 20);
  }

  function warn(minutes) {
    const due = WARN_AT_MINUTES.filter((one) => minutes <= one).at(-1);
    if (due === undefined || due >= warned) return;
    warned = due;
    warning.textContent = words.wordsWarning.replace("{left}", inWords(minutes));
  }

  function inWords(minutes) {
    if (minutes <= 0) return words.wordsLess;
    return minutes === 1 ? words.wordsLeftOne : words.wordsLeftMany.replace("{n}", String(minutes));
  }

  function hide(hidden) {
    left.hidden = hidden;
    until.hidden = hidden;
    toggle.setAttribute("aria-pressed", String(hidden));
    toggle.textContent = hidden ? words.wordsShow : words.wordsHide;
    attempt(() => sessionStorage.setItem(HIDDEN, hidden ? "1" : ""));
  }

  function isHidden() {
    return attempt(() => sessionStorage.getItem(HIDDEN)) === "1";
  }
}

/** A browser that forbids storage shows the time anew on each page. */
function attempt(action) {
  try {
    return action();
  } catch {
    return undefined;
  }
}
