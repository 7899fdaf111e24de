/* A question with one or several right alternatives, and what each of them means. */

Kompetens.MultipleChoice = (function (base) {
  const ENGLISH = {
    chooseOne: "Choose one.",
    chooseAll: "Choose all that are right.",
    check: "Check",
    retry: "Try again",
    showSolution: "Show what is right",
    nothingChosen: "Choose an alternative first.",
    right: "Right",
    wrong: "Not right",
    missed: "This is right too",
    allRight: "That is right",
    partlyRight: "Partly right",
    notRight: "Not right",
    points: "Points: @score of @total",
    again: "You can answer again.",
  };
  const TICK = "M4 12.5l5.5 5.5L20 7";
  const CROSS = "M6 6l12 12M18 6L6 18";
  const RING = "M12 4a8 8 0 1 0 0 16a8 8 0 1 0 0-16";

  function MultipleChoice(params, contentId, extras) {
    H5P.EventDispatcher.call(this);
    const given = params || {};
    this.contentId = contentId;
    this.introduction = base.rich(given.introduction);
    this.question = base.plain(given.question);
    this.answers = (Array.isArray(given.answers) ? given.answers : []).map((answer) => ({
      text: base.plain(answer && answer.text),
      correct: Boolean(answer && answer.correct === true),
      feedback: answer && answer.feedback,
    }));
    this.overall = given.overallFeedback || {};
    this.behaviour = Object.assign(
      { type: "auto", enableRetry: true, enableSolutionsButton: true, passPercentage: 100 },
      given.behaviour,
    );
    this.words = base.words(ENGLISH, given.l10n);
    const rights = this.answers.filter((answer) => answer.correct).length;
    const type = this.behaviour.type;
    this.single = type === "single" || (type !== "multi" && rights === 1);
    this.maxScore = this.single || this.behaviour.singlePoint ? 1 : rights;
    this.started(extras && extras.previousState);
  }

  base.type(MultipleChoice, {
    /* Begins afresh, or where the person left. */
    started(state) {
      const before = state && typeof state === "object" ? state : {};
      this.order = inOrder(before.order, this.answers.length);
      if (!this.order) {
        this.order = this.answers.map((_answer, place) => place);
        if (this.behaviour.randomAnswers) {
          shuffle(this.order);
        }
      }
      const chosen = Array.isArray(before.chosen) ? before.chosen : [];
      this.chosen = new Set(chosen.filter((place) => base.whole(place, 0, this.answers.length - 1)));
      this.checked = before.checked === true && this.chosen.size > 0;
      this.solved = before.solved === true && this.checked;
    },

    attach($container) {
      base.attach(this, $container, "h5p-kompetens-multiple-choice");
    },

    show() {
      const parts = [];
      if (this.introduction.childNodes.length) {
        parts.push(base.element("div", "kompetens-text", this.introduction.cloneNode(true)));
      }
      // How it went stands above the alternatives: the frame need not have grown for it to be seen.
      this.outcome = this.checked ? this.judged() : null;
      parts.push(...(this.outcome ? [this.outcome, this.form(), this.afterwards()] : [this.form()]));
      base.draw(this, this.body, parts);
    },

    form() {
      const hint = base.element("p", "kompetens-hint", this.words[this.single ? "chooseOne" : "chooseAll"]);
      hint.id = base.freshName();
      const fields = base.element(
        "fieldset", "kompetens-fields", base.element("legend", "kompetens-question", this.question), hint,
      );
      fields.setAttribute("aria-describedby", hint.id);
      const name = base.freshName();
      fields.append(...this.order.map((place) => this.alternative(place, name)));
      const form = base.element("form", "kompetens-form", fields);
      form.noValidate = true;
      form.addEventListener("submit", (event) => {
        event.preventDefault();
        this.check();
      });
      if (!this.checked) {
        const check = base.element("button", "kompetens-button kompetens-button--main", this.words.check);
        check.type = "submit";
        form.append(base.element("div", "kompetens-buttons", check));
      } else {
        hint.hidden = true;
      }
      return form;
    },

    alternative(place, name) {
      const answer = this.answers[place];
      const { input, row } = base.option(this.single ? "radio" : "checkbox", name, answer.text);
      const chosen = this.chosen.has(place);
      input.value = String(place);
      input.checked = chosen;
      input.disabled = this.checked;
      input.addEventListener("change", () => this.choose(place, input.checked));
      if (this.checked) {
        const verdict = this.verdict(answer, chosen);
        row.classList.add("kompetens-option--judged");
        row.classList.toggle("kompetens-option--right", verdict !== "" && answer.correct);
        if (verdict) {
          const sign = answer.correct ? (chosen ? TICK : RING) : CROSS;
          row.append(base.element("p", "kompetens-verdict", base.sign(sign), this.words[verdict]));
          const feedback = base.rich(answer.feedback);
          if (feedback.childNodes.length) {
            row.append(base.element("div", "kompetens-feedback", feedback));
          }
        }
      }
      return row;
    },

    verdict(answer, chosen) {
      if (chosen) {
        return answer.correct ? "right" : "wrong";
      }
      return this.solved && answer.correct ? "missed" : "";
    },

    choose(place, isChosen) {
      if (this.single) {
        this.chosen.clear();
      }
      this.chosen[isChosen ? "add" : "delete"](place);
      this.status.textContent = "";
      this.triggerXAPI("interacted");
    },

    check() {
      if (this.checked) {
        return;
      }
      if (this.chosen.size === 0) {
        this.status.textContent = this.words.nothingChosen;
        base.focus(this.body.querySelector("input"));
        return;
      }
      this.checked = true;
      this.status.textContent = "";
      this.show();
      base.focus(this.outcome);
      this.trigger(this.statement());
    },

    judged() {
      const score = this.getScore();
      const how = score === this.maxScore ? "allRight" : score > 0 ? "partlyRight" : "notRight";
      const outcome = base.element("div", "kompetens-outcome kompetens-outcome--" + how);
      const sign = { allRight: TICK, partlyRight: RING, notRight: CROSS }[how];
      outcome.append(base.element("p", "kompetens-outcome__head", base.sign(sign), this.words[how]));
      const said = base.rich(this.overall[how]);
      if (said.childNodes.length) {
        outcome.append(base.element("div", "kompetens-text", said));
      }
      const points = base.counted(this.words.points, score, this.maxScore);
      outcome.append(base.element("p", "kompetens-points", points));
      return outcome;
    },

    afterwards() {
      const buttons = base.element("div", "kompetens-buttons");
      const whole = this.getScore() === this.maxScore;
      if (this.behaviour.enableRetry && !whole) {
        buttons.append(base.button(this.words.retry, "kompetens-button--main", () => {
          this.resetTask();
          this.status.textContent = this.words.again;
          base.focus(this.body.querySelector("input"));
        }));
      }
      if (this.behaviour.enableSolutionsButton && !whole && !this.solved) {
        buttons.append(base.button(this.words.showSolution, "kompetens-button--quiet", () => {
          this.showSolutions();
          base.focus(this.body.querySelector(".kompetens-question"));
        }));
      }
      return buttons;
    },

    statement() {
      const score = this.getScore();
      const passed = base.share(score, this.maxScore) >= this.behaviour.passPercentage;
      const event = base.result(this, "answered", score, this.maxScore, passed);
      return this.described(event);
    },

    described(event) {
      const rights = placesWhere(this.answers, (answer) => answer.correct);
      const pattern = this.single ? rights.map(String) : [rights.join("[,]")];
      base.named(event, this.question, {
        type: "http://adlnet.gov/expapi/activities/cmi.interaction",
        interactionType: "choice",
        correctResponsesPattern: pattern,
        choices: this.answers.map((answer, place) => ({
          id: String(place), description: { "en-US": answer.text },
        })),
      });
      const result = event.data.statement.result || (event.data.statement.result = {});
      result.response = [...this.chosen].sort((one, other) => one - other).join("[,]");
      return event;
    },

    /* What H5P asks of every question. */
    getAnswerGiven() {
      return this.chosen.size > 0;
    },

    getScore() {
      const right = [...this.chosen].filter((place) => this.answers[place].correct).length;
      const wrong = this.chosen.size - right;
      if (this.single) {
        return right;
      }
      const rights = this.answers.filter((answer) => answer.correct).length;
      if (this.behaviour.singlePoint) {
        return right === rights && wrong === 0 ? 1 : 0;
      }
      return Math.max(0, right - wrong);
    },

    getMaxScore() {
      return this.maxScore;
    },

    getTitle() {
      return this.question;
    },

    showSolutions() {
      this.checked = true;
      this.solved = true;
      this.show();
    },

    resetTask() {
      this.started(null);
      this.show();
    },

    getCurrentState() {
      return { order: this.order, chosen: [...this.chosen], checked: this.checked, solved: this.solved };
    },

    getXAPIData() {
      return { statement: this.statement().data.statement };
    },
  });

  function placesWhere(answers, holds) {
    return answers.map((_answer, place) => place).filter((place) => holds(answers[place]));
  }

  /* An order that was kept, if it is one of as many alternatives. */
  function inOrder(order, count) {
    const fits = Array.isArray(order) && order.length === count && new Set(order).size === count;
    return fits && order.every((place) => base.whole(place, 0, count - 1)) ? order : null;
  }

  function shuffle(places) {
    for (let last = places.length - 1; last > 0; last -= 1) {
      const other = Math.floor(Math.random() * (last + 1));
      [places[last], places[other]] = [places[other], places[last]];
    }
  }

  return MultipleChoice;
})(Kompetens.Base);
