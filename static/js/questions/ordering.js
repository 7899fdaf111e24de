/* Steps to put in order. Each step's list of places is the truth; buttons and dragging move the step and
   number all anew. A step that moves stays where it is in the document and the others pass it by, so
   that it keeps the focus, and the pointer that drags it. */

const MOVE_MS = 160;

function steps(fieldset) {
  return Array.from(fieldset.querySelectorAll("[data-part]"));
}

function placeOf(step) {
  return step.querySelector("select");
}

export const ordering = {
  enhance(fieldset) {
    const words = fieldset.querySelector("[data-ordering]").dataset;
    const list = fieldset.querySelector("[data-steps]");
    const said = fieldset.querySelector("[data-said]");
    for (const part of fieldset.querySelectorAll("[data-by-script]")) part.hidden = false;
    markEnds(fieldset);

    function settle(step) {
      number(fieldset);
      said.textContent = words.wordsMoved
        .replace("{step}", step.querySelector("[data-step-text]").textContent)
        .replace("{place}", placeOf(step).value)
        .replace("{total}", String(list.children.length));
      step.scrollIntoView({ block: "nearest" });
    }

    list.addEventListener("change", (event) => {
      const step = event.target.closest("[data-part]");
      if (!step) return;
      const place = Number(event.target.value);
      if (place) gently(list, () => move(list, step, place - 1));
      settle(step);
    });

    list.addEventListener("click", (event) => {
      const button = event.target.closest("[data-move]");
      if (!button || button.getAttribute("aria-disabled") === "true") return;
      const step = button.closest("[data-part]");
      const to = Array.from(list.children).indexOf(step) + Number(button.dataset.move);
      gently(list, () => move(list, step, to));
      settle(step);
      tell(list);
    });

    list.addEventListener("pointerdown", (event) => {
      const grip = event.target.closest("[data-grip]");
      if (grip && event.button === 0) drag(list, grip.closest("[data-part]"), event, settle);
    });
  },

  read(fieldset) {
    return steps(fieldset)
      .filter((step) => placeOf(step).value)
      .sort((one, other) => Number(placeOf(one).value) - Number(placeOf(other).value))
      .map((step) => step.dataset.part);
  },

  show(fieldset, answer) {
    const list = fieldset.querySelector("[data-steps]");
    const byId = new Map(steps(fieldset).map((step) => [step.dataset.part, step]));
    answer.forEach((id, at) => move(list, byId.get(id), at));
    steps(fieldset).forEach((step, at) => {
      placeOf(step).value = at < answer.length ? String(at + 1) : "";
    });
    markEnds(fieldset);
  },

  isAnswered(fieldset) {
    return steps(fieldset).every((step) => placeOf(step).value);
  },
};

/** Make a step the `to`th of the list, from 0, by moving the others. */
function move(list, step, to) {
  let at = Array.from(list.children).indexOf(step);
  for (; at < to; at += 1) step.before(step.nextElementSibling);
  for (; at > to; at -= 1) step.after(step.previousElementSibling);
}

function number(fieldset) {
  steps(fieldset).forEach((step, at) => (placeOf(step).value = String(at + 1)));
  markEnds(fieldset);
}

function markEnds(fieldset) {
  const all = steps(fieldset);
  all.forEach((step, at) => {
    for (const button of step.querySelectorAll("[data-move]")) {
      const to = at + Number(button.dataset.move);
      // Disabled in earnest, a button would drop the focus.
      button.setAttribute("aria-disabled", String(to < 0 || to >= all.length));
    }
  });
}

function tell(list) {
  list.dispatchEvent(new Event("change", { bubbles: true }));
}

/** Show where each step went. */
function gently(list, change) {
  const before = new Map(Array.from(list.children, (one) => [one, one.getBoundingClientRect().top]));
  change();
  if (window.matchMedia("(prefers-reduced-motion: reduce)").matches) return;
  for (const [step, top] of before) {
    const by = top - step.getBoundingClientRect().top;
    if (by) {
      step.animate([{ transform: `translateY(${by}px)` }, { transform: "none" }], {
        duration: MOVE_MS,
        easing: "ease-out",
      });
    }
  }
}

function drag(list, step, start, settle) {
  start.preventDefault(); // no text is selected on the way
  const order = Array.from(list.children);
  const over = new AbortController();
  step.classList.add("is-dragged");

  function follow(event) {
    const above = step.previousElementSibling?.getBoundingClientRect();
    const below = step.nextElementSibling?.getBoundingClientRect();
    const at = Array.from(list.children).indexOf(step);
    if (above && event.clientY < above.top + above.height / 2) move(list, step, at - 1);
    else if (below && event.clientY > below.top + below.height / 2) move(list, step, at + 1);
  }

  function end() {
    over.abort();
    step.classList.remove("is-dragged");
  }

  function putBack() {
    end();
    order.forEach((one, at) => move(list, one, at));
  }

  const { signal } = over;
  document.addEventListener("pointermove", follow, { signal });
  document.addEventListener("pointercancel", putBack, { signal });
  document.addEventListener("keydown", (event) => event.key === "Escape" && putBack(), { signal });
  document.addEventListener(
    "pointerup",
    () => {
      end();
      if (order.every((one, at) => list.children[at] === one)) return;
      settle(step);
      tell(list);
    },
    { signal },
  );
}
