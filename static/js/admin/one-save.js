/* A form is sent when what is saving itself has been saved, and nothing saves itself once it is sent:
   otherwise a new thing is made twice, and the second is refused for having the key of the first. */

let saving = false;
let sent = false;
let held = null;

function done() {
  saving = false;
  if (!held) {
    return;
  }
  const { form, button } = held;
  held = null;
  if (button) {
    // What is disabled while it waits would not be sent along, and says which action was meant.
    button.disabled = false;
  }
  form.requestSubmit(button);
}

document.addEventListener("w-autosave:save", (event) => {
  if (sent) {
    event.preventDefault();
    return;
  }
  saving = true;
  // Whoever else prevents the saving does so before this turn is over, and nothing tells of its end.
  setTimeout(() => {
    if (event.defaultPrevented) {
      done();
    }
  });
});
document.addEventListener("w-autosave:success", done);
document.addEventListener("w-autosave:error", done);

document.addEventListener(
  "submit",
  (event) => {
    if (saving && event.target.matches("[data-edit-form]")) {
      event.preventDefault();
      event.stopImmediatePropagation();
      held = { form: event.target, button: event.submitter };
    }
  },
  { capture: true },
);
window.addEventListener("submit", (event) => {
  sent ||= !event.defaultPrevented && event.target.matches("[data-edit-form]");
});
window.addEventListener("pageshow", () => {
  sent = false;
});
