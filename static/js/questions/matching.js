/* Pairs to put together. The lists are the truth; besides, a choice can be pressed and then the place
   where it belongs, or dragged there with a mouse or a pen. */

import { parts } from "./parts.js";

// A hand that shakes is no drag.
const FAR_PX = 6;
const END_OF_DRAG_MS = 50;

export const matching = {
  ...parts,

  enhance(fieldset) {
    const block = fieldset.querySelector("[data-matching]");
    const choices = Array.from(fieldset.querySelectorAll("[data-value]"), (one) => asButton(one));
    const rows = Array.from(fieldset.querySelectorAll("[data-row]"));
    let held = null;

    for (const part of fieldset.querySelectorAll("[data-by-script]")) part.hidden = false;

    function say(words, row) {
      fieldset.querySelector("[data-said]").textContent = words
        .replace("{choice}", held.innerText.replace(/\s+/g, " "))
        .replace("{row}", row?.querySelector(".row__text").textContent ?? "");
    }

    function hold(choice) {
      held = choice;
      for (const one of choices) one.setAttribute("aria-pressed", String(one === held));
      for (const row of rows) {
        row.querySelector("[data-place]").hidden = !held;
        row.querySelector("select").tabIndex = held ? -1 : 0;
      }
    }

    function place(row) {
      const select = row.querySelector("select");
      select.value = held.value;
      say(block.dataset.wordsPlaced, row);
      hold(null);
      select.dispatchEvent(new Event("change", { bubbles: true }));
      select.focus({ preventScroll: true });
    }

    for (const choice of choices) {
      choice.addEventListener("click", () => {
        hold(held === choice ? null : choice);
        if (held) say(block.dataset.wordsHeld);
      });
      choice.addEventListener("pointerdown", (event) => {
        if (event.pointerType !== "touch" && event.button === 0) {
          drag(choice, rows, event, (row) => {
            hold(choice);
            place(row);
          });
        }
      });
    }
    for (const row of rows) {
      row.querySelector("[data-place]").addEventListener("click", () => place(row));
    }
    fieldset.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !held) return;
      const choice = held;
      hold(null);
      choice.focus();
    });
  },
};

function asButton(choice) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "choice__hold";
  button.value = choice.dataset.value;
  button.setAttribute("aria-pressed", "false");
  button.append(...choice.childNodes);
  choice.append(button);
  return button;
}

function drag(choice, rows, start, drop) {
  const over = new AbortController();
  const { signal } = over;
  let shadow = null;

  function rowUnder(event) {
    return rows.find((row) => {
      const { top, bottom, left, right } = row.getBoundingClientRect();
      const { clientX: x, clientY: y } = event;
      return x >= left && x <= right && y >= top && y <= bottom;
    });
  }

  function mark(target) {
    for (const row of rows) row.classList.toggle("is-under", row === target);
  }

  function end() {
    over.abort();
    shadow?.remove();
    mark(null);
  }

  document.addEventListener(
    "pointermove",
    (event) => {
      const far = Math.hypot(event.clientX - start.clientX, event.clientY - start.clientY);
      if (!shadow && far < FAR_PX) return;
      shadow ??= shadowOf(choice);
      shadow.style.transform = `translate(${event.clientX + 8}px, ${event.clientY + 8}px)`;
      mark(rowUnder(event));
    },
    { signal },
  );
  document.addEventListener("pointercancel", end, { signal });
  document.addEventListener("keydown", (event) => event.key === "Escape" && end(), { signal });
  document.addEventListener(
    "pointerup",
    (event) => {
      const dragged = shadow !== null;
      const row = rowUnder(event);
      end();
      if (!dragged) return;
      swallowClickOf(choice);
      if (row) drop(row);
    },
    { signal },
  );
}

/** The click that follows at once is the end of the drag, not a press. Where none follows, the next press is a press. */
function swallowClickOf(choice) {
  const over = new AbortController();
  const { signal } = over;
  choice.addEventListener(
    "click",
    (click) => {
      click.stopImmediatePropagation();
      over.abort();
    },
    { capture: true, signal },
  );
  for (const begun of ["pointerdown", "keydown"]) {
    document.addEventListener(begun, () => over.abort(), { capture: true, signal });
  }
  setTimeout(() => over.abort(), END_OF_DRAG_MS);
}

function shadowOf(choice) {
  const shadow = document.createElement("div");
  shadow.className = "choice-dragged";
  shadow.setAttribute("aria-hidden", "true");
  shadow.append(...Array.from(choice.childNodes, (node) => node.cloneNode(true)));
  document.body.append(shadow);
  return shadow;
}
