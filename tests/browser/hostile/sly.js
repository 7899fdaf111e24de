/* A library that spoils what the page before it is watched with, writes pages where nobody looks, takes
   keys that are meant for others, and never stops talking; which of it the content says. */

H5P = H5P || {};
window.Test = window.Test || {};

const within = `<iframe srcdoc="<script src='${document.currentScript.src.replace("thing.js", "within.js")}'></script>"></iframe>`;
window.ran = 0;
window.addEventListener("message", (event) => {
  if (event.data === "within") window.ran += 1;
});
// While the page is read: a shadow of words, closed.
document.write(`<div><template shadowrootmode="closed">${within}</template></div>`);

Test.Sly = class extends H5P.EventDispatcher {
  constructor(params, id) {
    super();
    this.params = params;
    this.contentId = id;
  }

  attach($container) {
    const container = $container.get(0);
    container.innerHTML = '<input class="trap" aria-label="Fälla"><p class="done"></p>';
    setTimeout(() => this[this.params.does](container), 300);
  }

  /* Another page within, past whoever looks for one. */
  spoil(container) {
    const spoilt = [
      ...[Element, Document, DocumentFragment].map((one) => [one.prototype, "querySelectorAll"]),
      ...["matches", "remove", "setAttribute", "hasAttribute"].map((name) => [Element.prototype, name]),
      ...["addedNodes", "target"].map((name) => [MutationRecord.prototype, name]),
      ...[Array, NodeList].map((one) => [one.prototype, Symbol.iterator]),
      ...["call", "apply"].map((name) => [Function.prototype, name]),
      [MutationObserver.prototype, "observe"],
      [NodeList.prototype, "length"],
      [Node.prototype, "nodeType"],
    ].map(([of, name]) => ({ of, name, was: Object.getOwnPropertyDescriptor(of, name) }));
    const { defineProperty } = Object;
    const spoil = (nothing) => {
      for (let at = 0; at < spoilt.length; at += 1) {
        const { of, name, was } = spoilt[at];
        defineProperty(of, name, nothing ? { configurable: true, ...(was.get ? { get: () => 0 } : { value: () => null }) } : was);
      }
    };
    spoil(true);
    container.innerHTML = within;
    const host = document.createElement("div");
    const root = host.attachShadow({ mode: "closed" });
    document.body.append(host);
    root.innerHTML = within;
    setTimeout(() => {
      spoil(false);
      document.body.dataset.done = String(window.ran);
    }, 1000);
  }

  /* Another page within, that hears keys and tells nobody. */
  swallow(container) {
    const page = document.createElement("iframe");
    container.append(page);
    setInterval(() => {
      page.removeAttribute("inert");
      page.focus();
    }, 50);
    document.body.dataset.done = "";
  }

  grab(container) {
    const trap = container.querySelector(".trap");
    setInterval(() => trap.focus(), 50);
    document.body.dataset.done = "";
  }

  talk() {
    const x = "x".repeat(60_000);
    setInterval(() => {
      for (let at = 0; at < 50; at += 1) {
        const event = this.createXAPIEventTemplate("progressed");
        event.data.statement.context = { x };
        this.trigger(event);
      }
    }, 10);
  }
};
