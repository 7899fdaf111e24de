/* In the window where H5P content is chosen: how much of a package has been sent, and what became of
   it where that is not in the answer. Wagtail sends the form with jQuery; this looks over its
   shoulder, and speaks in its place where nothing, or only "Server Error", would be said. */

import { csrfToken } from "../csrf.js";
import { answerOf, isTooLarge, troubleOf } from "./h5p-sent.js";

const $ = window.jQuery;

function formNow() {
  return document.querySelector("[data-h5p-modal-upload]");
}

$?.ajaxPrefilter((options, _asked, jqXHR) => {
  const form = formNow();
  if (!form || !(options.data instanceof FormData)) return;
  if (new URL(form.action, location.href).pathname !== new URL(options.url, location.href).pathname) return;
  const bar = form.querySelector("[data-h5p-bar]");
  const says = form.querySelector("[data-h5p-says]");
  const button = form.querySelector("button[type=submit]");
  const words = form.dataset;
  const say = (said) => {
    // Once for each change of words: a reader of the screen is not told of every percent.
    if (says.textContent !== said) says.textContent = said;
  };
  const progressed = (share) => {
    const percent = Math.floor(share * 100);
    bar.value = percent;
    say(words.h5pWordsSending.replace("{percent}", String(percent - (percent % 10))));
  };
  const [file] = form.querySelector("input[type=file]").files;
  if (file && isTooLarge(form, file)) {
    say(words.h5pWordsLarge);
    jqXHR.abort();
    return;
  }
  // The one in the form is no longer good where one has logged in again in another tab.
  options.data.set("csrfmiddlewaretoken", csrfToken(form));
  const { xhr: make, success: take } = options;
  let request;
  const isAnswered = () => request.status === 200 && answerOf(request) !== undefined;
  options.success = (...answer) => {
    if (isAnswered()) take(...answer);
  };
  options.error = undefined;
  options.xhr = () => {
    request = make();
    button.disabled = true;
    bar.hidden = false;
    progressed(0);
    request.upload.addEventListener("progress", (event) => {
      if (event.lengthComputable) progressed(event.loaded / event.total);
    });
    request.upload.addEventListener("load", () => {
      bar.removeAttribute("value");
      say(words.h5pWordsJudging);
    });
    request.addEventListener("loadend", () => {
      button.disabled = false;
      bar.hidden = true;
      say(isAnswered() ? "" : troubleOf(form, request));
      // Whoever pressed it lost their place when it could no longer be pressed.
      if (document.activeElement === document.body) button.focus();
    });
    return request;
  };
});
