/* A form that only passes something on: sent at once; without script its button does. */

document.querySelector("[data-send-on]")?.submit();
