/* What the content types share: text that can run nothing, elements, and what every type answers
   to H5P. Written as H5P core wants constructors: functions, their methods enumerable. */

var Kompetens = window.Kompetens = window.Kompetens || {};

Kompetens.Base = (function () {
  const ALLOWED = new Set(["A", "BR", "EM", "LI", "OL", "P", "STRONG", "UL"]);
  // What is inside these is no text.
  const LEFT_OUT = new Set(["IFRAME", "MATH", "NOSCRIPT", "OBJECT", "SCRIPT", "STYLE", "SVG", "TEMPLATE"]);
  const SIGNS = { amp: "&", lt: "<", gt: ">", quot: '"', "#39": "'", "#039": "'" };
  const SVG = "http://www.w3.org/2000/svg";
  let made = 0;

  /* Plain text. Servers of H5P escape it before they hand it over; shown as text it runs nothing. */
  function plain(value) {
    const text = typeof value === "string" || typeof value === "number" ? String(value) : "";
    return text.replace(/&(amp|lt|gt|quot|#0?39);/g, (_whole, name) => SIGNS[name]).trim();
  }

  /* HTML of an author, rebuilt of the few elements it may have. It is parsed in a document that
     runs no scripts and fetches nothing; no attribute is taken over but a link's address. */
  function rich(value) {
    const found = document.createDocumentFragment();
    if (typeof value === "string" && value.trim()) {
      const parsed = new DOMParser().parseFromString(value, "text/html");
      copy(parsed.body, found);
    }
    if (found.textContent.trim() === "") {
      return document.createDocumentFragment();
    }
    if (!found.querySelector("p, ul, ol")) {
      const paragraph = element("p", "");
      paragraph.append(found);
      found.append(paragraph);
    }
    return found;
  }

  function copy(from, to) {
    for (const node of from.childNodes) {
      if (node.nodeType === Node.TEXT_NODE) {
        to.append(node.data);
      } else if (node.nodeType === Node.ELEMENT_NODE && !LEFT_OUT.has(node.nodeName.toUpperCase())) {
        const kept = allowed(node);
        copy(node, kept || to);
        if (kept) {
          to.append(kept);
        }
      }
    }
  }

  function allowed(node) {
    if (!ALLOWED.has(node.nodeName)) {
      return null;
    }
    const kept = document.createElement(node.nodeName);
    if (node.nodeName === "A") {
      const address = node.getAttribute("href") || "";
      if (!/^https?:\/\//i.test(address)) {
        return null;
      }
      kept.href = address;
      kept.target = "_blank";
      kept.rel = "noopener noreferrer";
    }
    return kept;
  }

  function element(name, className) {
    const node = document.createElement(name);
    if (className) {
      node.className = className;
    }
    node.append(...Array.prototype.slice.call(arguments, 2));
    return node;
  }

  function button(label, className, pressed) {
    const node = element("button", "kompetens-button " + className, label);
    node.type = "button";
    node.addEventListener("click", pressed);
    return node;
  }

  /* A drawing in one line; the words beside it say the same. */
  function sign(path) {
    const svg = document.createElementNS(SVG, "svg");
    svg.setAttribute("viewBox", "0 0 24 24");
    svg.setAttribute("class", "kompetens-sign");
    svg.setAttribute("aria-hidden", "true");
    const line = document.createElementNS(SVG, "path");
    line.setAttribute("d", path);
    svg.append(line);
    return svg;
  }

  /* An option that a thumb can hit: a native input and its label in one row. */
  function option(type, name, text) {
    const input = document.createElement("input");
    input.type = type;
    input.name = name;
    const label = element("label", "kompetens-option__choose", input, element("span", "", plain(text)));
    return { input, row: element("div", "kompetens-option", label) };
  }

  function freshName() {
    made += 1;
    return "kompetens-" + made;
  }

  function whole(value, low, high) {
    return Number.isInteger(value) && value >= low && value <= high;
  }

  function share(score, max) {
    return max > 0 ? (100 * score) / max : 0;
  }

  /* The texts of a type in the content's language; English for one it doesn't have. */
  function words(english, given) {
    const said = {};
    for (const name of Object.keys(english)) {
      said[name] = plain(given && given[name]) || english[name];
    }
    return said;
  }

  function counted(text, score, max) {
    return text.replace("@score", score).replace("@total", max);
  }

  /* A content type on H5P's dispatcher. */
  function type(constructor, methods) {
    constructor.prototype = Object.create(H5P.EventDispatcher.prototype);
    constructor.prototype.constructor = constructor;
    Object.assign(constructor.prototype, methods);
    return constructor;
  }

  /* Draws what `view` gives into the content's place; core is told that its height may differ. */
  function draw(instance, root, parts) {
    root.replaceChildren(...parts);
    instance.trigger("resize");
  }

  /* Somewhere short to be read from: what is there is read, and the keyboard goes on from it. */
  function focus(node) {
    if (!node) {
      return;
    }
    if (!node.matches("input, button, a")) {
      node.tabIndex = -1;
    }
    node.focus();
  }

  /* A statement of how it went, with its score where there is one. */
  function result(instance, verb, score, max, success) {
    const event = instance.createXAPIEventTemplate(verb);
    if (max > 0) {
      event.setScoredResult(score, max, instance, true, success);
    } else {
      event.data.statement.result = { completion: true };
    }
    return event;
  }

  /* An instance stands in its container, with a place for what is said aloud, and has begun. */
  function attach(instance, $container, name) {
    const container = $container[0] || $container;
    container.classList.add(name);
    instance.body = element("div", "kompetens-body");
    instance.status = element("p", "kompetens-status");
    instance.status.setAttribute("role", "status");
    container.append(element("div", "kompetens", instance.body, instance.status));
    instance.show();
    instance.setActivityStarted();
  }

  function named(event, title, more) {
    const object = event.data.statement.object || (event.data.statement.object = {});
    object.definition = Object.assign(object.definition || {}, more);
    if (title) {
      object.definition.description = { "en-US": title };
    }
    return event;
  }

  return {
    attach, button, counted, draw, element, focus, freshName, named, option, plain, result, rich, share, sign,
    type, whole, words,
  };
})();
