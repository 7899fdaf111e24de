/* First in the frame's page, before H5P's core and any library. The page has no origin: it can reach
   neither the lesson around it, nor a cookie, nor storage. What libraries expect of a browser is put
   in memory's place, and what they say (statements, states, height) is handed to the lesson by
   postMessage. The lesson's first word brings a nonce and where the person left; H5P begins then.

   A classic script: modules run after the libraries. */

"use strict";

(() => {
  const KMV = "h5p";
  const CONTENT = "1";
  const WHOLE = "0";
  const ALONE_AFTER_MS = 4000;
  const SAVE_AFTER_MS = 1000;
  const BIGGEST = 500_000; // characters: what messages.js takes
  // What is measured by its frame's height grows each time the frame does: it is followed so far.
  const ECHOES = 3;
  const ECHO_WITHIN_MS = 200;

  const lesson = window.parent;
  const isAlone = lesson === window;
  const data = JSON.parse(document.getElementById("data").textContent);
  const sent = new Map();
  const troubles = [];
  let nonce;
  let begun = false;

  /* What libraries expect of a browser */

  function memory() {
    const kept = new Map();
    const storage = {
      getItem: (key) => kept.get(String(key)) ?? null,
      setItem: (key, value) => void kept.set(String(key), String(value)),
      removeItem: (key) => void kept.delete(String(key)),
      clear: () => kept.clear(),
      key: (at) => [...kept.keys()][at] ?? null,
    };
    // Some write storage.name = value; what is not a method is a key.
    return new Proxy(storage, {
      get: (target, key) => {
        if (key === "length") return kept.size;
        return key in target || typeof key === "symbol" ? target[key] : kept.get(key);
      },
      set: (_target, key, value) => {
        kept.set(String(key), String(value));
        return true;
      },
      deleteProperty: (_target, key) => {
        kept.delete(key);
        return true;
      },
      has: (target, key) => key in target || kept.has(key),
      ownKeys: () => [...kept.keys()],
      getOwnPropertyDescriptor: (_target, key) =>
        kept.has(key)
          ? { value: kept.get(key), enumerable: true, configurable: true, writable: true }
          : undefined,
    });
  }

  function put(where, name, description) {
    try {
      Object.defineProperty(where, name, { configurable: true, ...description });
    } catch {
      // This browser holds on to its own; libraries meet what it does.
    }
  }

  put(window, "localStorage", { value: memory() });
  put(window, "sessionStorage", { value: memory() });
  put(document, "cookie", { get: () => "", set: () => undefined });
  // To the content the frame is all there is: what asks the page around for something asks this one.
  put(window, "parent", { get: () => window });
  // A request that says it is a script's (SoundJS for each sound) is one that the browser first asks
  // leave for, and nobody gives it to a page without an origin.
  const setRequestHeader = XMLHttpRequest.prototype.setRequestHeader;
  put(XMLHttpRequest.prototype, "setRequestHeader", {
    value(name, value) {
      if (String(name).toLowerCase() !== "x-requested-with") setRequestHeader.call(this, name, value);
    },
  });
  // Calls between browsers are the one way to the network that no policy is asked about.
  for (const name of ["RTCPeerConnection", "webkitRTCPeerConnection"]) {
    put(window, name, { value: undefined });
  }
  // A page that is written inside this one has a browser's calls anew, and no policy stops it from
  // being one: it goes before it has fetched a script. Any other page within shows nothing, and a key
  // pressed in it is heard by nobody, Esc neither: none of them takes keys. What the browser is asked
  // with is kept from now, before a library could put something of its own in its place.
  const { apply } = Reflect;
  const PAGES = "iframe, frame, object, embed, fencedframe";
  const { matches, remove, hasAttribute, setAttribute, attachShadow } = Element.prototype;
  const { observe } = MutationObserver.prototype;
  const reads = (prototype, name) => Object.getOwnPropertyDescriptor(prototype, name).get;
  const kindOf = reads(Node.prototype, "nodeType");
  const targetOf = reads(MutationRecord.prototype, "target");
  const addedTo = reads(MutationRecord.prototype, "addedNodes");
  const lengthOf = reads(NodeList.prototype, "length");
  const ELEMENT = 1;
  const finders = { 1: Element, 9: Document, 11: DocumentFragment };
  const found = (node) => {
    const find = finders[apply(kindOf, node, [])]?.find;
    return find ? apply(find, node, [PAGES]) : undefined;
  };
  for (const kind of Object.keys(finders)) {
    finders[kind] = { find: finders[kind].prototype.querySelectorAll };
  }
  Object.setPrototypeOf(finders, null);

  const { focus } = window;
  const stilled = new WeakSet();
  const { has, add } = WeakSet.prototype;
  function still(page) {
    const isAwake = !apply(hasAttribute, page, ["inert"]);
    if (apply(hasAttribute, page, ["srcdoc"])) apply(remove, page, []);
    else if (isAwake && apply(has, stilled, [page])) {
      // Whoever woke it wanted the keys, and may have them already: they come back here.
      apply(remove, page, []);
      apply(focus, window, []);
    } else if (isAwake) apply(setAttribute, page, ["inert", ""]);
    apply(add, stilled, [page]);
  }

  function stillAllIn(node) {
    if (apply(kindOf, node, []) === ELEMENT && apply(matches, node, [PAGES])) still(node);
    const pages = found(node);
    for (let at = 0; pages && at < apply(lengthOf, pages, []); at += 1) still(pages[at]);
  }

  const within = new MutationObserver((changes) => {
    for (let one = 0; one < changes.length; one += 1) {
      const added = apply(addedTo, changes[one], []);
      stillAllIn(apply(targetOf, changes[one], []));
      for (let at = 0; at < apply(lengthOf, added, []); at += 1) stillAllIn(added[at]);
    }
  });
  const watchWithin = (root) =>
    apply(observe, within, [
      root,
      { childList: true, subtree: true, attributes: true, attributeFilter: ["srcdoc", "inert"] },
    ]);
  put(Element.prototype, "attachShadow", {
    value(options) {
      const root = apply(attachShadow, this, [options]);
      watchWithin(root);
      return root;
    },
  });
  // What writes a shadow in words writes one that nobody looks into; a content is made when the page
  // has been read, and has no use of writing to it.
  for (const holder of [Element.prototype, ShadowRoot.prototype, DocumentFragment.prototype, Document.prototype, Document]) {
    for (const name of Object.getOwnPropertyNames(holder)) {
      if (name.endsWith("HTMLUnsafe")) put(holder, name, { value: undefined });
    }
  }
  for (const name of ["write", "writeln", "open"]) put(Document.prototype, name, { value: () => null });
  watchWithin(document);
  // Windows open where somebody has clicked; not every browser sees to that by itself.
  const isAsked = () => navigator.userActivation?.isActive ?? true;
  const open = window.open;
  put(window, "open", {
    value: (address, name, features) =>
      isAsked() ? apply(open, window, [address, name, features ? `${features},noopener` : "noopener"]) : null,
  });
  window.H5P = { preventInit: true };
  window.H5PIntegration = data.integration;

  /* Words to the lesson, and from it */

  function say(kind, more = {}) {
    if (!isAlone) lesson.postMessage({ kmv: KMV, nonce, kind, ...more }, "*");
  }

  function plain(value) {
    const text = JSON.stringify(value);
    if (text === undefined || text.length <= BIGGEST) return text;
    say("tooBig");
    return undefined;
  }

  window.addEventListener("message", (event) => {
    if (event.source !== lesson || event.data?.kmv !== KMV) return;
    // No library hears what the lesson says.
    event.stopImmediatePropagation();
    if (event.origin !== data.origin) return;
    if (event.data.kind === "hello" && nonce === undefined) {
      nonce = event.data.nonce;
      whenRead(() => begin(event.data));
    } else if (event.data.kind === "save" && begun) {
      saveStates();
      say("saved");
    }
  });

  function whenRead(go) {
    if (document.readyState !== "loading") go();
    else document.addEventListener("DOMContentLoaded", go, { once: true });
  }

  /* What goes wrong */

  window.addEventListener(
    "error",
    (event) => {
      const source = event.target?.src ?? event.target?.href;
      const isProgram = ["SCRIPT", "LINK"].includes(event.target?.tagName);
      if (isProgram) trouble("missing", source);
      else if (event.message && !begun) trouble("error", `${event.message} (${event.filename})`);
    },
    { capture: true },
  );

  function trouble(what, detail) {
    troubles.push({ what, detail: String(detail).slice(0, 500) });
    // A file that is asked for later and is not there: the content goes on, and may miss a part.
    if (begun && what === "missing") say("trouble");
  }

  function fail(error) {
    console.error(error, troubles);
    const missing = troubles.find((one) => one.what === "missing");
    say("failed", { reason: missing ? "missing" : "error", detail: String(missing?.detail ?? error).slice(0, 500) });
  }

  /* Playing */

  function begin(hello) {
    const given = data.integration;
    given.contents[`cid-${CONTENT}`].contentUserData = hello.state ?? {};
    given.saveFreq = hello.save_seconds || given.saveFreq;
    given.fullscreenDisabled = !document.fullscreenEnabled;
    const H5P = window.H5P;
    if (!H5P.init || troubles.some((one) => one.what === "missing" && /\.js(\?|$)/.test(one.detail))) {
      fail("a script is missing");
      return;
    }
    bridge(H5P, given);
    try {
      H5P.init(document.body);
    } catch (error) {
      fail(error);
      return;
    }
    if (!H5P.instances.some(Boolean)) {
      fail("nothing was made");
      return;
    }
    // The lesson draws a frame around it, so its parts keep their distance from the edge.
    for (const content of document.querySelectorAll(".h5p-no-frame")) {
      content.classList.replace("h5p-no-frame", "h5p-frame");
    }
    for (const instance of H5P.instances) H5P.trigger(instance, "resize");
    begun = true;
    say("opened");
    if (troubles.some((one) => one.what === "missing")) say("trouble");
    watchHeight();
  }

  function bridge(H5P, given) {
    // Its address looks like ours but it is nobody's: without this jQuery adds a header of its own,
    // which the browser first asks leave for and is refused.
    H5P.jQuery?.ajaxSetup({ crossDomain: true });
    H5P.externalDispatcher.on("xAPI", (event) => {
      const statement = plain(event.data?.statement);
      if (statement) say("statement", { statement: JSON.parse(statement) });
      saveSoon();
    });
    const states = (contentId) => (given.contents[`cid-${contentId}`] ??= {}).contentUserData ??= {};
    for (const [sub, kinds] of Object.entries(states(CONTENT))) {
      for (const [kind, text] of Object.entries(kinds ?? {})) sent.set(`${sub} ${kind}`, text);
    }
    H5P.getUserData = (contentId, kind, done, sub) => {
      const text = states(contentId)[sub || WHOLE]?.[kind];
      if (text === undefined || text === null) return done(undefined, undefined);
      if (text === "RESET") return done(undefined, null);
      let value;
      try {
        value = JSON.parse(text);
      } catch (error) {
        return done(error);
      }
      // What has nothing to go on with says null (a branching scenario at its start), which core takes
      // for a content that was changed since.
      return done(undefined, value ?? undefined);
    };
    H5P.setUserData = (contentId, kind, value, more) => {
      const sub = String(more?.subContentId || WHOLE);
      const text = plain(value);
      if (text === undefined) return more?.errorCallback?.("too big");
      (states(contentId)[sub] ??= {})[kind] = text;
      return tell(sub, kind, text);
    };
    H5P.deleteUserData = (contentId, kind, sub) => {
      delete states(contentId)[sub || WHOLE]?.[kind];
      tell(String(sub || WHOLE), kind, null);
    };
  }

  function tell(sub, kind, text) {
    const name = `${sub} ${kind}`;
    if ((sent.get(name) ?? null) === text) return;
    sent.set(name, text);
    say("state", { sub, type: String(kind), data: text });
  }

  function saveStates() {
    for (const instance of window.H5P.instances) {
      if (typeof instance?.getCurrentState !== "function") continue;
      try {
        const state = instance.getCurrentState();
        if (state !== undefined) window.H5P.setUserData(instance.contentId, "state", state);
      } catch (error) {
        console.error(error);
      }
    }
  }

  let soon = 0;
  function saveSoon() {
    if (!begun) return;
    clearTimeout(soon);
    soon = setTimeout(saveStates, SAVE_AFTER_MS);
  }

  for (const kind of ["change", "pointerup", "keyup", "input"]) {
    document.addEventListener(kind, saveSoon, { capture: true, passive: true });
  }
  for (const [target, kind] of [[document, "visibilitychange"], [window, "pagehide"]]) {
    target.addEventListener(kind, () => {
      if (begun && (kind === "pagehide" || document.hidden)) saveStates();
    });
  }

  /* Height */

  function watchHeight() {
    let told = 0;
    let echoes = 0;
    let resized = -Infinity;
    const tellHeight = () => {
      const height = Math.ceil(document.body.scrollHeight);
      if (height === told || document.fullscreenElement) return;
      if (height > told) {
        echoes = performance.now() - resized < ECHO_WITHIN_MS ? echoes + 1 : 0;
        if (echoes > ECHOES) return;
      }
      told = height;
      say("height", { height });
    };
    const measure = () => requestAnimationFrame(tellHeight);
    window.addEventListener("resize", () => (resized = performance.now()));
    const observer = new ResizeObserver(measure);
    observer.observe(document.body);
    for (const child of document.body.children) observer.observe(child);
    window.H5P.externalDispatcher.on("*", measure);
    measure();
  }

  /* Keys and links */

  window.addEventListener(
    "keydown",
    (event) => {
      if (event.key === "Escape" && !event.repeat) say("leave", { type: "kmv:escape" });
    },
    { capture: true },
  );

  document.addEventListener(
    "click",
    (event) => {
      const link = event.target?.closest?.("a[href]");
      if (!link || /^\s*#/.test(link.getAttribute("href"))) return;
      if (!isAsked()) event.preventDefault();
      // Another page would take the content's place, and what was done here with it.
      link.target = "_blank";
      link.rel = "noopener noreferrer";
    },
    { capture: true },
  );

  // Nowhere is there anybody to take a form in; the browser would put an error in the content's place.
  window.addEventListener("submit", (event) => event.preventDefault());

  if (isAlone) {
    setTimeout(() => {
      if (!begun) document.getElementById("alone").hidden = false;
    }, ALONE_AFTER_MS);
  }
  say("ready");
})();
