/* What a content has reported and the server does not have yet. It is kept in the browser, per launch
   and person, until the server says that it is there: after a reload too, and once, because the server
   knows a statement by its id and a state by its counter. */

import { csrfToken } from "../csrf.js";

const PREFIX = "kmv:h5p:";
const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 30_000;
const MOST_AT_ONCE = 50;
// A content is a stranger's program: what it floods with leaves room for what others keep here.
const MOST_STATEMENTS = 2000;
const MOST_STATES = 64;
const MOST_KEPT = 2_000_000;
const MOST_OF_STATES = 1_500_000;
const KEEP_EVERY_MS = 200;
const NOTHING = "{}";
const ENVELOPE = 64; // characters about a statement, with its id
const NOBODY = "00000000-0000-4000-8000-000000000000"; // whose launch the page's addresses name
// Beyond it a browser refuses what it is to send after the page has gone.
const KEEPALIVE_BYTES = 60_000;

/** Where a launch's words go: the page says it of nobody's. */
function addressesOf(launch) {
  const { h5pStatements, h5pStates } = document.body.dataset;
  return { statements: h5pStatements.replace(NOBODY, launch), state: h5pStates.replace(NOBODY, launch) };
}

/** The launches of which an earlier page of this person could not send all, by the storage's `keys`; what
    others left under them is forgotten. */
export function leftBehind(person, keys) {
  const launches = [];
  attempt(() => {
    for (const key of keys.filter((one) => one.startsWith(PREFIX))) {
      const [launch, whose] = key.slice(PREFIX.length).split(":");
      if (whose === person && localStorage.getItem(key) !== NOTHING) launches.push(launch);
      else localStorage.removeItem(key);
    }
  });
  return launches;
}

export class Outbox {
  /** `addresses`: {statements, state} of the launch. `say(outcome, answer)` hears how it goes: "saving",
      "saved", "lost" (some of it, for good), "waiting", "signedOut", "gone". `isLeft`: an earlier page's,
      which may still be open in another tab. */
  constructor({ launch, person, addresses = addressesOf(launch), form, say, isLeft = false }) {
    Object.assign(this, { addresses, form, say, isLeft });
    this.atOnce = MOST_AT_ONCE;
    this.key = `${PREFIX}${launch}:${person}`;
    const kept = attempt(() => JSON.parse(localStorage.getItem(this.key))) ?? {};
    this.statements = Array.isArray(kept.statements) ? kept.statements : [];
    this.states = new Map(Array.isArray(kept.states) ? kept.states : []);
    this.sizes = new WeakMap();
    this.keeping = 0;
    this.counter = Date.now();
    this.sending = false;
    this.hasLost = false;
    this.closed = false;
    this.wait = FIRST_WAIT_MS;
    this.timer = 0;
    window.addEventListener("online", () => this.again());
    document.addEventListener("visibilitychange", () => document.hidden || this.again());
    window.addEventListener("pagehide", () => this.sendLast());
    // Signed out here, or in another tab: it is no longer this page's to keep.
    document.addEventListener("kmv:leaving", () => this.close());
    document.addEventListener("submit", (event) => event.target.matches("[data-sign-out]") && this.close());
    window.addEventListener("storage", (event) => {
      if (event.key !== this.key) return;
      if (event.newValue === null && event.oldValue !== null) this.drop();
      // Another tab has sent what it found here, and knows nothing of what came since.
      else if (event.newValue !== null && !this.isLeft && !this.isEmpty) this.keep();
    });
  }

  get isEmpty() {
    return this.statements.length === 0 && this.states.size === 0;
  }

  /** `size`: of its JSON, in characters. What there is no room for is the oldest. */
  addStatement(statement, size = JSON.stringify(statement).length) {
    const added = { id: identifier(), statement };
    this.statements.push(added);
    this.sizes.set(added, size + ENVELOPE);
    const count = this.statements.length;
    while (this.statements.length > MOST_STATEMENTS || this.size > MOST_KEPT) this.statements.shift();
    if (this.statements.length < count) this.say("lost");
    this.added();
  }

  /** Roughly how many characters are kept; what an earlier page left is counted by the server. */
  get size() {
    let size = 0;
    for (const one of this.statements) size += this.sizes.get(one) ?? 0;
    for (const { data } of this.states.values()) size += data?.length ?? 0;
    return size;
  }

  /** `data` null: the content wants it forgotten. Only the latest of each is ever sent. */
  addState({ sub, type, data }) {
    const name = `${sub} ${type}`;
    let others = 0;
    for (const [of, state] of this.states) others += of === name ? 0 : (state.data?.length ?? 0);
    const isFull = this.states.size >= MOST_STATES && !this.states.has(name);
    if (isFull || others + (data?.length ?? 0) > MOST_OF_STATES) {
      this.say("lost");
      return;
    }
    this.counter += 1;
    this.states.set(name, { sub, type, data, counter: this.counter, made: Date.now() });
    this.added();
  }

  added() {
    if (this.closed) return;
    this.keepSoon();
    this.send();
  }

  /** At once; and once more in a moment, for all that comes until then. */
  keepSoon() {
    if (this.keeping) {
      this.isBehind = true;
      return;
    }
    this.keep();
    this.keeping = setTimeout(() => {
      this.keeping = 0;
      if (this.isBehind) this.keep();
    }, KEEP_EVERY_MS);
  }

  keep() {
    this.isBehind = false;
    if (this.closed) return;
    attempt(() => {
      // To take the key away is to say that the person has left: the tab that it is of would let go.
      if (this.isEmpty && this.isLeft) localStorage.setItem(this.key, NOTHING);
      else if (this.isEmpty) localStorage.removeItem(this.key);
      else {
        const kept = JSON.stringify({ at: Date.now(), statements: this.statements, states: [...this.states] });
        if (kept.length <= MOST_KEPT) localStorage.setItem(this.key, kept);
      }
    });
  }

  drop() {
    this.statements = [];
    this.states.clear();
  }

  close() {
    this.closed = true;
    clearTimeout(this.timer);
    clearTimeout(this.keeping);
    this.drop();
  }

  again() {
    if (this.isEmpty) return;
    this.wait = FIRST_WAIT_MS;
    this.send();
  }

  async send() {
    if (this.sending || this.closed || this.isEmpty) return;
    clearTimeout(this.timer);
    this.sending = true;
    this.say("saving");
    const { outcome, answer } = await this.sendAll();
    this.sending = false;
    if (this.closed) return;
    this.say(outcome, answer);
    if (outcome === "waiting" || outcome === "signedOut") {
      this.timer = setTimeout(() => this.send(), this.wait);
      this.wait = Math.min(this.wait * 2, LONGEST_WAIT_MS);
    } else this.send();
  }

  async sendAll() {
    let said;
    while (!this.isEmpty && !this.closed) {
      const { outcome, answer } = this.statements.length > 0 ? await this.sendStatements() : await this.sendState();
      if (outcome !== "saved") return { outcome, answer };
      said = answer?.shown ? answer : said;
      this.wait = FIRST_WAIT_MS;
      this.keep();
    }
    const outcome = this.hasLost ? "lost" : "saved";
    this.hasLost = false;
    return { outcome, answer: said };
  }

  async sendStatements() {
    const batch = this.statements.slice(0, this.atOnce);
    const found = await this.post(this.addresses.statements, { statements: batch });
    if (found.outcome === "refused" && !found.answer?.stored && batch.length > 1) {
      // Too much together, or one that spoils all: fewer at once, until it stands alone.
      this.atOnce = Math.ceil(batch.length / 2);
      return { outcome: "saved" };
    }
    this.giveUp(found);
    if (found.outcome === "saved") {
      this.statements = this.statements.filter((one) => !batch.includes(one));
      this.atOnce = Math.min(this.atOnce * 2, MOST_AT_ONCE);
    }
    return found;
  }

  async sendState() {
    const [name, state] = this.states.entries().next().value;
    const { made, ...sent } = state;
    const found = await this.post(this.addresses.state, { ...sent, age: Math.max(0, Date.now() - made) });
    this.giveUp(found);
    // Changed again while it was sent: the newer one is still to go.
    if (found.outcome === "saved" && this.states.get(name) === state) this.states.delete(name);
    return found;
  }

  /** What the server can't make sense of it never will: it is sent no more, and said to be lost. */
  giveUp(found) {
    if (found.outcome !== "refused") return;
    this.hasLost = true;
    found.outcome = "saved";
  }

  async post(address, body) {
    let response;
    try {
      response = await fetch(address, this.request(body));
    } catch {
      return { outcome: "waiting" };
    }
    const answer = await response.json().catch(() => undefined);
    if (response.ok && answer) return { outcome: "saved", answer };
    if (response.type === "opaqueredirect" || response.status === 401 || response.status === 403) {
      return { outcome: "signedOut" };
    }
    if (response.status === 400 || response.status === 413) return { outcome: "refused", answer };
    if (response.status === 404 || response.status === 410) {
      // The launch is nobody's any more (deleted on request): there is nowhere to send it.
      this.drop();
      this.keep();
      return { outcome: "gone", answer };
    }
    return { outcome: "waiting", answer };
  }

  request(body, more = {}) {
    return {
      method: "POST",
      headers: {
        "Content-Type": "application/json",
        "X-CSRFToken": csrfToken(this.form),
        "X-Requested-With": "fetch",
      },
      body: JSON.stringify(body),
      redirect: "manual",
      ...more,
    };
  }

  /** The page goes: what can be sent behind its back is; it stays kept, and is sent once more later. */
  sendLast() {
    if (this.closed) return;
    if (this.isBehind) this.keep();
    const rest = [
      [this.addresses.statements, this.statements.length > 0 && { statements: this.statements.slice(0, MOST_AT_ONCE) }],
      ...[...this.states.values()].map(({ made, ...state }) => [
        this.addresses.state,
        { ...state, age: Math.max(0, Date.now() - made) },
      ]),
    ];
    for (const [address, body] of rest) {
      if (!body || JSON.stringify(body).length > KEEPALIVE_BYTES) continue;
      fetch(address, this.request(body, { keepalive: true })).catch(() => undefined);
    }
  }
}

function identifier() {
  if (crypto.randomUUID) return crypto.randomUUID();
  // Only pages met by https have it; random bytes are everywhere.
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

function attempt(action) {
  try {
    return action();
  } catch {
    return undefined;
  }
}
