/* The person's menu closes when one is done with it: Esc, a press outside, the focus moved on.
   Without this script its name opens and closes it. */

for (const menu of document.querySelectorAll("details[data-menu]")) {
  const close = () => {
    menu.open = false;
  };
  menu.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && menu.open) {
      close();
      menu.querySelector("summary").focus();
    }
  });
  menu.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !menu.contains(event.relatedTarget)) {
      close();
    }
  });
  document.addEventListener("pointerdown", (event) => {
    if (!menu.contains(event.target)) {
      close();
    }
  });
}
