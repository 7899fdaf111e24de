/* Questions in parts: lists, groups of radio buttons, words to type. The answer is what each part was
   given, by the part's id; parts left open are not in it. */

// Somebody who types is asked for nothing; what stands after a pause is saved.
const PAUSE_MS = 1000;

function inputs(fieldset) {
  return Array.from(fieldset.querySelectorAll("[data-part]"));
}

function typed(fieldset) {
  return inputs(fieldset).filter((input) => input.type === "text");
}

export const parts = {
  enhance(fieldset) {
    for (const input of typed(fieldset)) saveWhileTyping(fieldset, input);
  },

  read(fieldset) {
    const answer = {};
    for (const input of inputs(fieldset)) {
      if (input.type === "radio" ? input.checked : input.value.trim()) {
        answer[input.dataset.part] = input.value;
      }
    }
    return answer;
  },

  show(fieldset, answer) {
    for (const input of inputs(fieldset)) {
      const value = answer[input.dataset.part] ?? "";
      if (input.type === "radio") input.checked = input.value === value;
      // What is being typed right now is newer than any answer.
      else if (input.type !== "text" || input !== document.activeElement) input.value = value;
    }
  },

  isAnswered(fieldset) {
    const all = new Set(inputs(fieldset).map((input) => input.dataset.part));
    return Object.keys(parts.read(fieldset)).length === all.size;
  },
};

function saveWhileTyping(fieldset, input) {
  let told = input.value;
  let timer = 0;
  function tell() {
    clearTimeout(timer);
    if (input.value !== told) input.dispatchEvent(new Event("change", { bubbles: true }));
  }
  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(tell, PAUSE_MS);
  });
  input.addEventListener("change", (event) => {
    if (input.value === told) event.stopPropagation();
    told = input.value;
  });
  // Enter would hand the whole quiz in: it goes on to the next gap.
  input.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing) return;
    event.preventDefault();
    tell();
    const all = typed(fieldset);
    all[all.indexOf(input) + 1]?.focus();
  });
}
