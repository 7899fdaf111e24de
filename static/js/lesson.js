/* "Next" without an answer from the server tries again, instead of leaving the reader on the browser's
   error page: what stands in a reflection would be lost there. Without this script it is a plain form. */

const LONGEST_WAIT_MS = 15000;

const form = document.querySelector("form[data-next]");
if (form) start(form);

function start(form) {
  const note = form.querySelector("[data-next-waiting]");
  let going = false;
  let wait = 1000;
  let timer = 0;

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    go();
  });
  window.addEventListener("online", () => note.hidden || go());
  document.addEventListener("kmv:leaving", stop);

  // Shown again by "back", the page must not look as if it still waited.
  window.addEventListener("pageshow", stop);

  async function go() {
    // A second click must not send what the first already does.
    if (going) return;
    going = true;
    clearTimeout(timer);
    let response;
    try {
      response = await fetch(form.action, {
        method: "POST",
        body: new FormData(form),
        headers: { "X-Requested-With": "fetch" },
        redirect: "manual",
      });
    } catch {
      // No network, or nobody there.
    }
    if (response?.ok) {
      window.location.assign((await response.json()).next);
      return;
    }
    going = false;
    if (!response || response.status >= 500) {
      note.hidden = false;
      timer = setTimeout(go, wait);
      wait = Math.min(wait * 2, LONGEST_WAIT_MS);
    } else {
      // Signed out meanwhile, or the page is old: the plain form says what is the matter.
      form.submit();
    }
  }

  function stop() {
    clearTimeout(timer);
    going = false;
    note.hidden = true;
  }
}
