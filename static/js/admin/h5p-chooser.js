/* In the window where H5P content is chosen: how much of a package has been sent. Wagtail sends the
   form with jQuery; this looks over its shoulder. */

const $ = window.jQuery;

function formNow() {
  return document.querySelector("[data-h5p-modal-upload]");
}

$?.ajaxPrefilter((options) => {
  const form = formNow();
  if (!form || !(options.data instanceof FormData)) return;
  if (new URL(form.action, location.href).pathname !== new URL(options.url, location.href).pathname) return;
  const bar = form.querySelector("[data-h5p-bar]");
  const says = form.querySelector("[data-h5p-says]");
  const button = form.querySelector("button[type=submit]");
  const words = form.dataset;
  const make = options.xhr;
  options.xhr = () => {
    const request = make();
    button.disabled = true;
    bar.hidden = false;
    request.upload.addEventListener("progress", (event) => {
      if (!event.lengthComputable) return;
      const percent = Math.floor((event.loaded / event.total) * 100);
      bar.value = percent;
      says.textContent = words.h5pWordsSending.replace("{percent}", String(percent - (percent % 10)));
    });
    request.upload.addEventListener("load", () => {
      bar.removeAttribute("value");
      says.textContent = words.h5pWordsJudging;
    });
    request.addEventListener("loadend", () => {
      button.disabled = false;
      bar.hidden = true;
      bar.value = 0;
      if (request.status === 0) says.textContent = words.h5pWordsLost;
    });
    return request;
  };
});
