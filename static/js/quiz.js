/* Saves each answer as it is given. What can't be sent is kept in the browser, per attempt and person,
   and sent when the network is back: after a reload too, and once, because the server knows a change
   by its id. Handing in waits until everything is saved. Without this script the form does it all. */

const form = document.querySelector("[data-quiz]");
if (form) start(form);

function start(quiz) {
  const words = quiz.dataset;
  const state = quiz.querySelector("[data-save-state]");
  const answered = quiz.querySelector("[data-answered]");
  const token = quiz.elements.csrfmiddlewaretoken.value;
  const queue = new Map(Object.entries(read(words.keep)));
  let leaving = false;
  let sending = false;
  let wait = 1000;
  let timer = 0;

  for (const [position, change] of queue) show(position, change.choice);
  count();
  state.hidden = queue.size === 0;
  if (queue.size > 0) send();

  quiz.addEventListener("change", (event) => {
    const question = event.target.closest("[data-question]");
    if (!question) return;
    const position = question.dataset.question;
    const inputs = question.querySelectorAll("input:checked");
    queue.set(position, {
      position: Number(position),
      choice: Array.from(inputs, (input) => input.value),
      client_id: crypto.randomUUID?.() ?? `${Date.now()}-${Math.random()}`,
      sequence: Date.now(),
    });
    keep();
    count();
    send();
  });

  quiz.addEventListener("submit", async (event) => {
    if (queue.size === 0) {
      // A second click must not hand in what the first already does.
      if (quiz.dataset.handingIn) event.preventDefault();
      quiz.dataset.handingIn = "yes";
      return;
    }
    event.preventDefault();
    const button = event.submitter;
    await send();
    if (queue.size === 0) quiz.requestSubmit(button);
  });

  // Coming back with "back": the button works again, and the server says what holds.
  window.addEventListener("pageshow", (event) => {
    delete quiz.dataset.handingIn;
    if (event.persisted) window.location.reload();
  });
  window.addEventListener("online", () => send());
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden && queue.size > 0) send();
  });
  document.addEventListener("kmv:leaving", () => {
    leaving = true;
    queue.clear();
    clearTimeout(timer);
  });

  async function send() {
    if (sending || leaving) return;
    clearTimeout(timer);
    sending = true;
    try {
      while (queue.size > 0) {
        const [position, change] = queue.entries().next().value;
        say("saving");
        const outcome = await post(change);
        if (outcome !== "saved") {
          say(outcome);
          if (outcome === "waiting" || outcome === "signedOut") {
            timer = setTimeout(send, wait);
            wait = Math.min(wait * 2, 15000);
          }
          return;
        }
        wait = 1000;
        // Changed again while it was sent: the newer change is still to go.
        if (queue.get(position) === change) queue.delete(position);
        keep();
      }
      say("saved");
    } finally {
      sending = false;
    }
  }

  async function post(change) {
    let response;
    try {
      response = await fetch(words.save, {
        method: "POST",
        headers: { "Content-Type": "application/json", "X-CSRFToken": token },
        body: JSON.stringify(change),
        redirect: "manual",
      });
    } catch {
      return "waiting";
    }
    if (response.ok) return "saved";
    if (response.type === "opaqueredirect" || response.status === 403) return "signedOut";
    if (response.status === 409) {
      queue.clear();
      keep();
      window.location.replace(words.result);
      return "saved";
    }
    return response.status >= 500 ? "waiting" : "gone";
  }

  function say(what) {
    const text = {
      saved: words.wordsSaved,
      saving: words.wordsSaving,
      waiting: words.wordsWaiting,
      signedOut: words.wordsSignedOut,
      gone: words.wordsGone,
    }[what];
    state.hidden = false;
    state.textContent = text;
    state.dataset.state = what;
    state.classList.toggle("save-state--waiting", what !== "saved" && what !== "saving");
  }

  function count() {
    const done = Array.from(quiz.querySelectorAll("[data-question]")).filter((question) =>
      question.querySelector("input:checked"),
    ).length;
    answered.textContent = words.wordsAnswered
      .replace("{n}", String(done))
      .replace("{total}", words.total);
  }

  function show(position, choice) {
    const question = quiz.querySelector(`[data-question="${position}"]`);
    for (const input of question?.querySelectorAll("input") ?? []) {
      input.checked = choice.includes(input.value);
    }
  }

  function keep() {
    if (leaving) return;
    try {
      if (queue.size > 0) localStorage.setItem(words.keep, JSON.stringify(Object.fromEntries(queue)));
      else localStorage.removeItem(words.keep);
    } catch {
      // Storage is switched off or full: the page itself still holds the answers.
    }
  }
}

function read(key) {
  try {
    const kept = JSON.parse(localStorage.getItem(key) ?? "{}");
    return kept && typeof kept === "object" ? kept : {};
  } catch {
    return {};
  }
}
