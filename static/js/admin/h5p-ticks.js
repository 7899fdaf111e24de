/* Libraries that wait: all are ticked at once, and how many are ticked stands beside the button. */

function watch(form) {
  const all = form.querySelector("[data-h5p-tick-all]");
  const each = Array.from(form.querySelectorAll("input[name=library]"));
  const says = form.querySelector("[data-h5p-ticked]");

  function counted() {
    const ticked = each.filter((one) => one.checked).length;
    all.checked = ticked === each.length;
    all.indeterminate = ticked > 0 && ticked < each.length;
    const words = says.dataset.words.replace("{count}", String(ticked));
    says.textContent = words.replace("{all}", String(each.length));
  }

  all.addEventListener("change", () => {
    for (const one of each) one.checked = all.checked;
    counted();
  });
  form.addEventListener("change", counted);
  all.hidden = each.length < 2;
  counted();
}

for (const form of document.querySelectorAll("[data-h5p-ticks]")) watch(form);
