/* A file may be dropped where it is chosen. Without this script, or without a mouse, the ordinary
   choice of a file is there and does the same. */

const ENDINGS = [".csv", ".txt", ".xlsx"];
const place = document.querySelector("[data-drop]");
const input = place?.querySelector("input[type=file]");
if (input) prepare(place, input);

function prepare(place, input) {
  const field = input.closest(".field");
  const words = document.createElement("p");
  words.className = "drop__words";
  words.textContent = place.dataset.dropLabel;
  const said = document.createElement("p");
  said.className = "drop__said";
  said.setAttribute("role", "status");
  field.classList.add("drop");
  input.before(words);
  input.after(said);
  let inside = 0;

  for (const name of ["dragenter", "dragover"]) {
    field.addEventListener(name, (event) => {
      if (!event.dataTransfer?.types.includes("Files")) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = "copy";
      if (name === "dragenter") inside += 1;
      field.classList.add("drop--over");
    });
  }
  field.addEventListener("dragleave", () => {
    inside = Math.max(0, inside - 1);
    if (!inside) field.classList.remove("drop--over");
  });
  field.addEventListener("drop", (event) => {
    if (!event.dataTransfer?.files.length) return;
    event.preventDefault();
    inside = 0;
    field.classList.remove("drop--over");
    const [file] = event.dataTransfer.files;
    if (!ENDINGS.some((ending) => file.name.toLowerCase().endsWith(ending))) {
      said.textContent = place.dataset.dropWrong;
      return;
    }
    const one = new DataTransfer();
    one.items.add(file);
    input.files = one.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  });
  input.addEventListener("change", () => {
    const [file] = input.files;
    said.textContent = file ? `${place.dataset.dropChosen} ${file.name}` : "";
  });
  // A file dropped beside the place would open in the page's stead, and the form be lost.
  for (const name of ["dragover", "drop"]) {
    window.addEventListener(name, (event) => {
      if (event.dataTransfer?.types.includes("Files")) event.preventDefault();
    });
  }
}
