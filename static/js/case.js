/* A case one step at a time: a choice shows what it means and where it leads. Nothing is stored. */

function element(name, className, ...content) {
  const made = document.createElement(name);
  made.className = className;
  made.append(...content);
  return made;
}

function play(section) {
  const steps = new Map(
    [...section.querySelectorAll("details[data-step]")].map((step) => [step.dataset.step, step]),
  );
  const again = section.querySelector("[data-case-again]");
  const stage = element("div", "case__stage");
  const first = steps.keys().next().value;

  function show(name, { feedback, focus }) {
    const step = steps.get(name);
    if (!step) {
      return;
    }
    const text = step.querySelector("[data-case-text]").cloneNode(true);
    if (feedback) {
      text.prepend(element("p", "case__feedback", feedback));
    }
    const shown = element("div", "case__step", text);
    const question = step.querySelector(".case__question");
    if (question) {
      const asked = question.cloneNode(true);
      asked.id = `${question.id}-now`;
      const list = element("ul", "case__options");
      list.setAttribute("aria-labelledby", asked.id);
      list.append(...[...step.querySelectorAll("[data-choice]")].map((choice) => option(choice, shown)));
      shown.append(asked, list);
    } else {
      again.hidden = false;
    }
    stage.append(shown);
    if (focus) {
      text.focus({ preventScroll: true });
      text.scrollIntoView({ block: "center" });
    }
  }

  function option(choice, shown) {
    const words = choice.querySelector("[data-choice-text]").textContent;
    const button = element("button", "case__option", words);
    button.type = "button";
    button.addEventListener("click", () => {
      // What was chosen stays to be read; what was not chosen goes.
      shown.querySelector(".case__options").replaceWith(element("p", "case__chosen", words));
      shown.querySelector(".case__question").remove();
      const feedback = choice.querySelector("[data-choice-feedback]")?.textContent;
      show(choice.dataset.to, { feedback, focus: true });
    });
    return element("li", "", button);
  }

  again.querySelector("button").addEventListener("click", () => {
    stage.replaceChildren();
    again.hidden = true;
    show(first, { focus: true });
  });

  section.querySelectorAll("[data-case-plain]").forEach((part) => (part.hidden = true));
  steps.forEach((step) => (step.hidden = true));
  again.before(stage);
  show(first, { focus: false });
}

document.querySelectorAll("[data-case]").forEach(play);
