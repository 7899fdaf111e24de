/* A case in a quiz: a choice counts when one goes on, and then stands; the server's answer to it holds
   the next step. In a lesson the whole check is sent at each step instead (check.js). */

function walked(fieldset) {
  return Array.from(fieldset.querySelectorAll("[data-walked]"), (one) => one.value);
}

function radios(fieldset) {
  return Array.from(fieldset.querySelectorAll("[data-present] [type=radio]"));
}

export const walk = {
  enhance(fieldset) {
    if (!fieldset.closest("[data-quiz]")) return;
    fieldset.addEventListener("change", (event) => {
      if (event.target.type === "radio") event.stopPropagation();
    });
    fieldset.addEventListener("click", (event) => {
      const button = event.target.closest("[data-go-on]");
      if (!button) return;
      event.preventDefault();
      // Enter in another question presses the form's first button: that is no wish to go on here.
      if (event.detail === 0 && isElsewhere(fieldset)) return;
      const chosen = radios(fieldset).find((radio) => radio.checked && !radio.disabled);
      if (!chosen) {
        radios(fieldset)[0]?.focus();
        return;
      }
      goOn(fieldset, chosen);
      fieldset.dispatchEvent(new Event("change", { bubbles: true }));
    });
  },

  read: walked,

  show(fieldset, answer, html) {
    if (html) replace(fieldset, html);
    const next = answer[walked(fieldset).length];
    const chosen = radios(fieldset).find((radio) => radio.value === next);
    if (chosen) goOn(fieldset, chosen);
  },

  isAnswered(fieldset) {
    return fieldset.querySelector("[data-walk-ended]") !== null;
  },
};

function isElsewhere(fieldset) {
  const focused = document.activeElement;
  return focused?.form === fieldset.form && !fieldset.contains(focused);
}

/** The choice stands from now on, also while it waits for the network. */
function goOn(fieldset, chosen) {
  const stands = document.createElement("input");
  stands.type = "hidden";
  stands.name = `${chosen.name}-path`;
  stands.value = chosen.value;
  stands.dataset.walked = "";
  chosen.checked = true;
  const present = chosen.closest("[data-present]");
  present.classList.add("is-gone-on");
  present.before(stands);
  for (const radio of radios(fieldset)) radio.disabled = true;
  present.querySelector("[data-go-on]").setAttribute("aria-disabled", "true");
}

function replace(fieldset, html) {
  const held = fieldset.contains(document.activeElement) || document.activeElement === document.body;
  const before = walked(fieldset).length;
  const made = document.createElement("template");
  made.innerHTML = html;
  fieldset.querySelector("[data-walk]").replaceWith(made.content);
  if (held && before > 0) fieldset.querySelector("[data-present]").focus();
}
