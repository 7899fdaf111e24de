// The preview as it would be printed: in the editor's frame the styles for paper hold instead of those
// for a screen. Wagtail's sizes are radio buttons, and ours is one of them.

const FRAMES = "iframe.w-preview__iframe";
const asPrinted = () => document.querySelector("[name=preview-size]:checked")?.value === "print";
// A style sheet's or a rule's own medium, to be put back.
const before = new WeakMap();

function turn(medium, printed) {
  if (!before.has(medium)) before.set(medium, medium.mediaText);
  const own = before.get(medium);
  if (!/\b(print|screen)\b/.test(own)) return;
  medium.mediaText = printed ? (own.includes("print") ? "all" : "not all") : own;
}

function turnRules(rules, printed) {
  for (const rule of rules) {
    if (rule.media) turn(rule.media, printed);
    if (rule.cssRules) turnRules(rule.cssRules, printed);
  }
}

function show(frame) {
  const page = frame.contentDocument;
  if (!page?.styleSheets) return;
  for (const sheet of page.styleSheets) {
    turn(sheet.media, asPrinted());
    turnRules(sheet.cssRules, asPrinted());
  }
}

const showAll = () => document.querySelectorAll(FRAMES).forEach(show);

document.addEventListener("change", (event) => {
  if (event.target.matches?.("[name=preview-size]")) showAll();
});
// A frame's load does not bubble, but is caught on its way down; each refresh is a new frame.
document.addEventListener(
  "load",
  (event) => {
    if (event.target.matches?.(FRAMES)) show(event.target);
  },
  true,
);
