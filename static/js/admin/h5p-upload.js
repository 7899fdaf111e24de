/* Uploading H5P packages: one after the other, with how much has been sent, and then looked through.
   Without this script the form sends them all at once. */

import { csrfToken } from "../csrf.js";
import { answerOf, isRefusedUnread, isTooLarge, troubleOf } from "./h5p-sent.js";

// 403: readers meet it where this person may not publish; without an answer of ours, signed out.
const JUDGED = new Set([200, 400, 403]);

class Sending {
  constructor(form, file, template) {
    this.form = form;
    this.file = file;
    this.words = form.dataset;
    this.row = template.content.firstElementChild.cloneNode(true);
    this.row.hidden = false;
    this.part("name").textContent = file.name;
    this.part("size").textContent = sized(file.size);
    this.part("bar").setAttribute("aria-label", file.name);
    this.part("again").addEventListener("click", () => this.again?.());
    this.part("stop").addEventListener("click", () => this.request?.abort());
  }

  part(name) {
    return this.row.querySelector(`[data-h5p-${name}]`);
  }

  say(words) {
    // Once for each change of words: a reader of the screen is not told of every percent.
    if (this.part("says").textContent !== words) this.part("says").textContent = words;
  }

  show({ bar = false, stop = false, again = false, refused = false }) {
    this.part("bar").hidden = !bar;
    this.part("stop").hidden = !stop;
    this.part("again").hidden = !again;
    this.row.classList.toggle("h5p-sent--refused", refused);
  }

  send() {
    if (isTooLarge(this.form, this.file)) {
      this.show({ refused: true });
      this.say(this.words.h5pWordsLarge);
      return Promise.resolve();
    }
    return new Promise((done) => {
      const field = this.form.querySelector("input[type=file]").name;
      const data = new FormData();
      data.append(field, this.file, this.file.name);
      const request = new XMLHttpRequest();
      this.request = request;
      this.part("detail").hidden = true;
      this.show({ bar: true, stop: true });
      this.progressed(0);
      request.upload.addEventListener("progress", (event) => {
        if (event.lengthComputable) this.progressed(event.loaded / event.total);
      });
      request.upload.addEventListener("load", () => {
        this.part("bar").removeAttribute("value");
        this.show({ bar: true });
        this.say(this.words.h5pWordsJudging);
      });
      const trouble = (words) => () => {
        this.show({ again: true, refused: true });
        this.say(words);
        done();
      };
      request.addEventListener("error", trouble(this.words.h5pWordsLost));
      request.addEventListener("timeout", trouble(this.words.h5pWordsLost));
      request.addEventListener("abort", trouble(this.words.h5pWordsStopped));
      request.addEventListener("load", () => {
        this.answered(request);
        done();
      });
      request.open("POST", this.form.action);
      request.setRequestHeader("X-CSRFToken", csrfToken(this.form));
      request.setRequestHeader("X-Requested-With", "XMLHttpRequest");
      request.setRequestHeader("Accept", "application/json");
      request.send(data);
    });
  }

  progressed(share) {
    const percent = Math.floor(share * 100);
    this.part("bar").value = percent;
    // In steps of ten, so that what is read aloud can be heard to its end.
    this.say(this.words.h5pWordsSending.replace("{percent}", String(percent - (percent % 10))));
  }

  answered(request) {
    const answer = answerOf(request);
    const one = answer?.files?.[0];
    if (!JUDGED.has(request.status) || (!one && !answer?.errors?.length)) {
      this.show({ again: !isRefusedUnread(request), refused: true });
      this.say(troubleOf(this.form, request));
      return;
    }
    this.show({ refused: !one?.taken });
    this.say(one ? one.says : answer.errors.join(" "));
    if (one?.detail) {
      this.part("detail").hidden = false;
      this.part("detail-text").textContent = one.detail;
    }
    if (one?.taken) {
      const way = this.part("open");
      way.href = one.url;
      way.hidden = false;
    }
  }
}

function sized(bytes) {
  const language = document.documentElement.lang || "sv";
  const megabytes = bytes / (1024 * 1024);
  if (megabytes < 1) return `${Math.ceil(bytes / 1024).toLocaleString(language)} kB`;
  return `${megabytes.toLocaleString(language, { maximumFractionDigits: megabytes < 10 ? 1 : 0 })} MB`;
}

function watch(form) {
  const template = form.querySelector("[data-h5p-template]");
  const rows = form.querySelector("[data-h5p-rows]");
  const input = form.querySelector("input[type=file]");
  const button = form.querySelector("button[type=submit]");
  const waiting = [];
  let busy = false;

  function queue(sending) {
    waiting.push(sending);
    sending.say(form.dataset.h5pWordsWaits);
    sendAll();
  }

  async function sendAll() {
    if (busy) return;
    busy = true;
    for (let next = waiting.shift(); next; next = waiting.shift()) await next.send();
    busy = false;
  }

  form.addEventListener("submit", (event) => {
    if (!input.files.length) return; // the server says what is missing
    event.preventDefault();
    const chosen = Array.from(input.files, (file) => new Sending(form, file, template));
    for (const sending of chosen) {
      sending.again = () => {
        sending.show({});
        queue(sending);
      };
      rows.append(sending.row);
    }
    form.reset();
    button.focus();
    // Only now: a status is read aloud when its words change in the page.
    chosen.forEach(queue);
  });

  window.addEventListener("beforeunload", (event) => {
    if (busy) event.preventDefault();
  });
}

for (const form of document.querySelectorAll("[data-h5p-upload]")) watch(form);
