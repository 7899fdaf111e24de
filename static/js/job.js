/* Follows a job: asks how far it has come, seldomer while nothing moves or the network is away, and
   says aloud what a person waits for. Without this script there is a link that shows the latest. */

const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 15000;
const SAID_EVERY_PERCENT = 25;

const place = document.querySelector("[data-job]");
if (place && !("jobOver" in place.dataset)) follow(place);

function follow(job) {
  const aloud = document.querySelector("[data-job-said]");
  const link = job.querySelector("[data-job-refresh]");
  const bar = job.querySelector(".bar__done");
  const words = job.querySelector(".progress span");
  let wait = FIRST_WAIT_MS;
  let timer = 0;
  let asking = false;
  let last = "";
  let saidAt = 0;

  link.hidden = true;
  document.addEventListener("visibilitychange", atOnce);
  window.addEventListener("online", atOnce);
  later();

  function later() {
    clearTimeout(timer);
    // Nobody looks at a hidden page; it asks at once when it is looked at again.
    if (!document.hidden) timer = setTimeout(ask, wait);
  }

  function atOnce() {
    wait = FIRST_WAIT_MS;
    if (document.hidden) clearTimeout(timer);
    else if (!asking) ask();
  }

  async function ask() {
    asking = true;
    try {
      const answer = await fetch(job.dataset.job, { headers: { Accept: "application/json" } });
      if (answer.redirected || answer.status === 404) return giveUp();
      if (!answer.ok) throw new Error(String(answer.status));
      const state = await answer.json();
      if (state.over) return end(state);
      show(state);
    } catch {
      wait = Math.min(wait * 2, LONGEST_WAIT_MS);
    } finally {
      asking = false;
    }
    later();
  }

  function show(state) {
    const moved = state.words !== last;
    wait = moved ? FIRST_WAIT_MS : Math.min(wait * 1.5, LONGEST_WAIT_MS);
    if (!moved) return;
    last = state.words;
    bar.setAttribute("width", `${state.percent}%`);
    words.textContent = state.words;
    if (state.percent < saidAt) saidAt = 0;
    if (saidAt === 0 || state.percent >= saidAt) {
      aloud.textContent = state.words;
      saidAt = (Math.floor(state.percent / SAID_EVERY_PERCENT) + 1) * SAID_EVERY_PERCENT;
    }
  }

  function end(state) {
    stop();
    if (state.more) {
      aloud.textContent = state.words;
      location.reload();
      return;
    }
    const held = job.contains(document.activeElement);
    job.outerHTML = state.html;
    aloud.textContent = state.words;
    // What had the focus is gone: the reader goes on where the result begins.
    if (held) document.getElementById("main").focus();
  }

  // Signed out, or no longer there: the link leads to whatever page says so.
  function giveUp() {
    stop();
    link.hidden = false;
  }

  function stop() {
    clearTimeout(timer);
    document.removeEventListener("visibilitychange", atOnce);
    window.removeEventListener("online", atOnce);
  }
}
