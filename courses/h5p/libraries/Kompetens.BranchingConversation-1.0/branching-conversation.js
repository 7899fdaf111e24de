/* A conversation with an invented person: one chooses what to say, and sees what follows. */

Kompetens.BranchingConversation = (function (base) {
  const ENGLISH = {
    you: "You",
    whatDoYouSay: "What do you say?",
    say: "Say it",
    chooseFirst: "Choose what to say first.",
    back: "Take back the last thing said",
    takenBack: "Taken back. You can say something else.",
    retry: "Begin again",
    begun: "The conversation begins again.",
    trustUp: "Trust grows",
    trustSame: "Trust is as before",
    trustDown: "Trust shrinks",
    soFar: "The conversation so far",
    transcript: "What was said",
    ended: "The conversation ends here",
    points: "Points: @score of @total",
    fictional: "The person and the conversation are invented.",
  };
  const SIGNS = {
    up: "M12 20V5M5 12l7-7 7 7",
    same: "M4 12h16M13 5l7 7-7 7",
    down: "M12 4v15M5 12l7 7 7-7",
  };
  const TRUST = { up: "trustUp", same: "trustSame", down: "trustDown" };

  function BranchingConversation(params, contentId, extras) {
    H5P.EventDispatcher.call(this);
    const given = params || {};
    this.contentId = contentId;
    this.introduction = base.rich(given.introduction);
    const person = given.person || {};
    this.person = { name: base.plain(person.name), about: base.plain(person.about) };
    this.steps = (Array.isArray(given.steps) ? given.steps : []).map(stepOf);
    this.behaviour = Object.assign(
      { allowBack: true, enableRetry: true, passPercentage: 100 }, given.behaviour,
    );
    this.words = base.words(ENGLISH, given.l10n);
    const points = this.steps.filter((step) => !step.replies.length).map((step) => step.points);
    // Points are counted where the author gave some ending any.
    this.maxScore = Math.max(0, ...points);
    this.said = this.walked(extras && extras.previousState && extras.previousState.said);
  }

  base.type(BranchingConversation, {
    attach($container) {
      base.attach(this, $container, "h5p-kompetens-branching-conversation");
    },

    /* The replies that were kept, as far as they still lead somewhere. */
    walked(kept) {
      const said = [];
      let step = this.steps[0];
      for (const place of Array.isArray(kept) ? kept : []) {
        const reply = step && base.whole(place, 0, step.replies.length - 1) ? step.replies[place] : null;
        const next = reply && this.stepCalled(reply.to);
        if (!next) {
          break;
        }
        said.push(place);
        step = next;
      }
      return said;
    },

    stepCalled(name) {
      return this.steps.find((step) => step.id === name);
    },

    /* What was said and what it led to, from the first step on. */
    turns() {
      const turns = [{ reply: null, step: this.steps[0] }];
      for (const place of this.said) {
        const reply = turns[turns.length - 1].step.replies[place];
        turns.push({ reply, step: this.stepCalled(reply.to) });
      }
      return turns;
    },

    here() {
      const turns = this.turns();
      return turns[turns.length - 1].step;
    },

    isOver() {
      const step = this.here();
      return Boolean(step) && step.replies.length === 0;
    },

    show() {
      const turns = this.turns();
      const now = turns.pop();
      const parts = [];
      if (!now.step) {
        base.draw(this, this.body, parts);
        return;
      }
      const over = this.isOver();
      if (turns.length === 0) {
        parts.push(...this.opening());
      } else if (!over) {
        parts.push(this.transcript(turns, this.words.soFar));
      }
      this.now = base.element("div", "kompetens-now", ...this.turn(now));
      parts.push(this.now);
      if (over) {
        parts.push(this.ending(now.step), this.transcript([...turns, now], this.words.transcript));
      } else {
        parts.push(this.choice(now.step));
      }
      const buttons = this.buttons(over);
      if (buttons.childNodes.length) {
        parts.push(buttons);
      }
      parts.push(base.element("p", "kompetens-hint kompetens-fictional", this.words.fictional));
      base.draw(this, this.body, parts);
    },

    opening() {
      const parts = [];
      if (this.introduction.childNodes.length) {
        parts.push(base.element("div", "kompetens-text", this.introduction.cloneNode(true)));
      }
      if (this.person.about) {
        const who = base.element("strong", "", this.person.name);
        parts.push(base.element("p", "kompetens-who", who, " ", this.person.about));
      }
      return parts;
    },

    turn({ reply, step }) {
      const parts = [];
      if (reply) {
        parts.push(line("kompetens-line kompetens-line--own", this.words.you, reply.says));
        if (reply.effect || TRUST[reply.trust]) {
          const effect = base.element("p", "kompetens-effect");
          if (TRUST[reply.trust]) {
            const word = base.element("strong", "", this.words[TRUST[reply.trust]] + ".");
            effect.append(base.sign(SIGNS[reply.trust]), word, " ");
          }
          effect.append(reply.effect);
          parts.push(effect);
        }
      }
      if (step.sees) {
        parts.push(base.element("p", "kompetens-sees", step.sees));
      }
      if (step.says) {
        parts.push(line("kompetens-line", this.person.name, step.says));
      }
      return parts;
    },

    transcript(turns, heading) {
      const list = base.element("ol", "kompetens-transcript");
      list.setAttribute("role", "list"); // some readers forget it where there are no numbers
      list.append(...turns.map((turn) => base.element("li", "", ...this.turn(turn))));
      const details = base.element("details", "kompetens-sofar", base.element("summary", "", heading), list);
      details.addEventListener("toggle", () => this.trigger("resize"));
      return details;
    },

    choice(step) {
      const fields = base.element(
        "fieldset", "kompetens-fields", base.element("legend", "kompetens-ask", this.words.whatDoYouSay),
      );
      const name = base.freshName();
      let chosen = null;
      step.replies.forEach((reply, place) => {
        const { input, row } = base.option("radio", name, reply.says);
        input.value = String(place);
        input.addEventListener("change", () => {
          chosen = place;
          this.status.textContent = "";
        });
        fields.append(row);
      });
      const say = base.element("button", "kompetens-button kompetens-button--main", this.words.say);
      say.type = "submit";
      const form = base.element("form", "kompetens-form", fields, base.element("div", "kompetens-buttons", say));
      form.noValidate = true;
      form.addEventListener("submit", (event) => {
        event.preventDefault();
        if (chosen === null) {
          this.status.textContent = this.words.chooseFirst;
          base.focus(fields.querySelector("input"));
        } else {
          this.say(chosen);
        }
      });
      return form;
    },

    say(place) {
      const said = this.walked([...this.said, place]);
      if (said.length === this.said.length) {
        return;
      }
      this.said = said;
      this.status.textContent = "";
      this.show();
      base.focus(this.now);
      const event = this.createXAPIEventTemplate("progressed");
      base.named(event, "", {
        extensions: Object.assign({}, (event.data.statement.object.definition || {}).extensions, {
          "http://id.tincanapi.com/extension/ending-point": this.said.length,
        }),
      });
      this.trigger(event);
      if (this.isOver()) {
        this.trigger(this.statement("completed"));
      }
    },

    ending(step) {
      const ending = base.element("div", "kompetens-outcome");
      ending.append(base.element("p", "kompetens-outcome__head", step.title || this.words.ended));
      const said = base.rich(step.feedback);
      if (said.childNodes.length) {
        ending.append(base.element("div", "kompetens-text", said));
      }
      if (this.maxScore > 0) {
        const points = base.counted(this.words.points, this.getScore(), this.maxScore);
        ending.append(base.element("p", "kompetens-points", points));
      }
      return ending;
    },

    buttons(over) {
      const buttons = base.element("div", "kompetens-buttons");
      if (over && this.behaviour.enableRetry) {
        buttons.append(base.button(this.words.retry, "kompetens-button--main", () => {
          this.resetTask();
          this.status.textContent = this.words.begun;
          base.focus(this.body.querySelector(".kompetens-text") || this.now);
        }));
      }
      if (this.behaviour.allowBack && this.said.length > 0) {
        buttons.append(base.button(this.words.back, "kompetens-button--quiet", () => {
          this.said.pop();
          this.show();
          this.status.textContent = this.words.takenBack;
          base.focus(this.body.querySelector("input"));
        }));
      }
      return buttons;
    },

    statement(verb) {
      const score = this.getScore();
      const passed = base.share(score, this.maxScore) >= this.behaviour.passPercentage;
      return base.result(this, verb, score, this.maxScore, passed);
    },

    /* What H5P asks of every type that can be scored. */
    getAnswerGiven() {
      return this.said.length > 0;
    },

    getScore() {
      return this.isOver() ? this.here().points : 0;
    },

    getMaxScore() {
      return this.maxScore;
    },

    getTitle() {
      return this.person.name;
    },

    /* No way through a conversation is the right one: what was said is shown as it is. */
    showSolutions() {
      this.show();
    },

    resetTask() {
      this.said = [];
      this.show();
    },

    getCurrentState() {
      return { said: this.said.slice() };
    },

    getXAPIData() {
      return { statement: this.statement("completed").data.statement };
    },
  });

  function stepOf(given) {
    const step = given || {};
    const ending = step.ending || {};
    return {
      id: base.plain(step.id),
      sees: base.plain(step.sees),
      says: base.plain(step.says),
      replies: (Array.isArray(step.replies) ? step.replies : []).map((reply) => ({
        says: base.plain(reply && reply.says),
        trust: reply && reply.trust,
        effect: base.plain(reply && reply.effect),
        to: base.plain(reply && reply.to),
      })),
      title: base.plain(ending.title),
      feedback: ending.feedback,
      points: Number.isFinite(ending.points) ? Math.max(0, ending.points) : 0,
    };
  }

  function line(className, who, words) {
    return base.element(
      "div", className, base.element("p", "kompetens-line__who", who), base.element("p", "kompetens-line__words", words),
    );
  }

  return BranchingConversation;
})(Kompetens.Base);
