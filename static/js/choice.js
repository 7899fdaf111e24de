/* Whom one has ticked in a list: counted aloud, all on the page at once, and not lost when one goes
   on in the list. Without this script a button keeps the choice; the server remembers it. */

const form = document.querySelector("[data-choice]");
const count = form.querySelector("[data-count]");
const keep = form.querySelector("[data-keep]");
const boxes = [...form.querySelectorAll('input[name="person"]')];
const all = form.querySelector("[data-tick-all]");
const elsewhere = Number(count.dataset.elsewhere);
let unsaved = false;

const shown = () => new Set(boxes.map((box) => box.value));
const ticked = () => new Set(boxes.filter((box) => box.checked).map((box) => box.value));

function words(number) {
  const { none, one, many, other } = count.dataset;
  const text = number === 0 ? none : number === 1 ? one : many.replace("{n}", number);
  return elsewhere ? `${text}, ${other.replace("{n}", elsewhere)}` : text;
}

function tell() {
  const here = ticked().size;
  count.textContent = words(here + elsewhere);
  const box = all.querySelector("input");
  box.checked = here > 0 && here === shown().size;
  box.indeterminate = here > 0 && here < shown().size;
}

form.addEventListener("change", (event) => {
  const box = event.target;
  if (all.contains(box)) {
    boxes.forEach((one) => {
      one.checked = box.checked;
    });
  } else if (box.name === "person") {
    // Somebody of two units stands in the list twice.
    boxes.filter((one) => one.value === box.value).forEach((one) => {
      one.checked = box.checked;
    });
  } else {
    return;
  }
  unsaved = true;
  tell();
});

function goOn(address) {
  form.elements.vidare.value = address;
  form.requestSubmit(keep);
}

// Every way on from the page takes the choice along first.
document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[href]");
  const plain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey;
  if (!unsaved || !link || !plain || event.defaultPrevented || link.target) {
    return;
  }
  const to = new URL(link.href);
  if (to.origin === location.origin && !link.getAttribute("href").startsWith("#")) {
    event.preventDefault();
    goOn(to.pathname + to.search + to.hash);
  }
});
document.addEventListener("submit", (event) => {
  const other = event.target;
  if (unsaved && other !== form && other.method === "get") {
    event.preventDefault();
    const asked = new URLSearchParams(new FormData(other));
    goOn(`${new URL(other.action).pathname}?${asked}`);
  }
});

all.hidden = false;
keep.hidden = true;
tell();
