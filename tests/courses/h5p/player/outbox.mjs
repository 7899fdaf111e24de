/* The outbox in a browser made of what it asks for: storage, a server, nothing else. Given what the
   server is like, tells what it stored and what is still kept. */

const kept = new Map();
globalThis.localStorage = new Proxy(
  {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: (key) => void kept.delete(key),
  },
  { ownKeys: () => [...kept.keys()], getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true }) },
);
const listeners = [];
const page = {
  addEventListener: (kind, listener) => kind === "storage" && listeners.push(listener),
  cookie: "csrftoken=x",
  hidden: false,
};
globalThis.window = globalThis.document = page;

const stored = [];
let isUp = true;
/* Refuses a body of more than `MOST` characters, and, with all that came along, what is "odd"; what is
   "nonsense", by itself. */
const MOST = 2000;
globalThis.fetch = async (_address, { body }) => {
  if (!isUp) throw new Error("no network");
  const answer = (status, said) => ({ ok: status === 200, status, json: async () => said });
  if (body.length > MOST) return answer(413, { error: "too much" });
  const { statements } = JSON.parse(body);
  if (statements?.some((one) => one.statement === "odd")) return answer(400, { error: "not JSON" });
  const good = (statements ?? []).filter((one) => one.statement !== "nonsense");
  for (const one of good) stored.push(one.statement);
  const refused = (statements ?? []).filter((one) => !good.includes(one));
  return answer(refused.length ? 400 : 200, { stored: good.map((one) => one.id), refused, shown: {} });
};

const { leftBehind, Outbox } = await import(process.argv[2]);
const sent = () => new Promise((done) => setTimeout(done, 60));
const make = (more = {}) =>
  new Outbox({ launch: "L", person: "P", addresses: { statements: "s", state: "t" }, say: () => undefined, ...more });
const told = {};

isUp = false;
const outbox = make();
const given = Array.from({ length: 60 }, (_, at) => (at === 33 ? "odd" : `${at}`.padEnd(100, ".")));
for (const one of given) outbox.addStatement(one);
await sent();
isUp = true;
outbox.again();
await sent();
told.lost = given.filter((one) => !stored.includes(one));
told.twice = stored.length - new Set(stored).size;
told.left = [...kept.keys()];

isUp = false;
const flooded = make({ launch: "F" });
for (let at = 0; at < 2500; at += 1) flooded.addStatement(`${at}`);
for (let at = 0; at < 100; at += 1) flooded.addState({ sub: "0", type: `${at}`, data: "x" });
told.flood = [flooded.statements.length, flooded.statements.at(-1).statement, flooded.states.size];
flooded.close();
kept.clear();
const large = make({ launch: "G" });
for (let at = 0; at < 60; at += 1) large.addStatement("x".repeat(60_000));
told.room = [...kept.values()].every((one) => one.length <= 2_000_000) && kept.size === 1;
large.close();
kept.clear();

const mine = make({ launch: "T" });
mine.addStatement("of the open tab");
await sent();
isUp = true;
const left = () => leftBehind("P", [...kept.keys()]);
const [launch] = left();
make({ launch, isLeft: true }).again();
await sent();
told.other = [stored.at(-1), kept.has("kmv:h5p:T:P"), left(), kept.size];
mine.close();

// Another tab has sent what it found, and empties the key under which more is kept since.
isUp = false;
const open = make({ launch: "S" });
open.addStatement("first");
const found = kept.get("kmv:h5p:S:P");
open.addStatement("second");
await new Promise((done) => setTimeout(done, 250));
kept.set("kmv:h5p:S:P", "{}");
for (const hear of listeners) hear({ key: "kmv:h5p:S:P", newValue: "{}", oldValue: found });
told.since = JSON.parse(kept.get("kmv:h5p:S:P")).statements?.map((one) => one.statement);
open.close();
kept.clear();

// What is said of how it went.
isUp = true;
const says = async (fill) => {
  const heard = [];
  const one = make({ launch: "W", say: (outcome) => heard.push(outcome) });
  fill(one);
  await sent();
  one.close();
  return heard.filter((outcome) => outcome !== "saving");
};
told.says = {
  good: await says((one) => one.addStatement("good")),
  nonsense: await says((one) => ["good", "nonsense"].forEach((each) => one.addStatement(each))),
  enormous: await says((one) => one.addState({ sub: "0", type: "state", data: "x".repeat(MOST) })),
  many: await says((one) => {
    for (let at = 0; at < 65; at += 1) one.addState({ sub: "0", type: `${at}`, data: "x" });
  }),
};
kept.clear();

kept.clear();
const { forgetOld, forgetOthers } = await import(process.argv[3]);
isUp = false;
make({ launch: "A" }).addStatement("mine");
make({ launch: "B", person: "Q" }).addStatement("another's");
for (const key of ["kmv:attempt:1:P:2", "kmv:attempt:1:Q:2", "kmv:theme", "x"]) kept.set(key, "{}");
const names = () => [...kept.keys()].sort();
const DAY = 24 * 60 * 60 * 1000;
forgetOld(Date.now() + 7 * DAY - 60_000);
told.young = names();
forgetOthers("P");
told.mine = names();
forgetOld(Date.now() + 7 * DAY + 60_000);
told.old = names();

// What a frame says that nobody can keep, or not whole.
const { Patience, read } = await import(process.argv[4]);
const frame = { contentWindow: {} };
const hear = (data) =>
  read({ source: frame.contentWindow, origin: "null", data: { kmv: "h5p", nonce: "n", ...data } }, frame, "n");
const long = "x".repeat(70_000);
const essay = {
  verb: { id: "answered" },
  object: { id: "o", definition: { description: { sv: long }, extensions: { part: "p" } } },
  result: { response: long, score: { raw: 1, max: 2 } },
};
const { statement, size } = hear({ kind: "statement", statement: essay });
told.big = {
  essay: statement && JSON.parse(JSON.stringify(statement)),
  billed: size === JSON.stringify(essay).length,
  statement: hear({ kind: "statement", statement: { context: long } }).kind,
  state: hear({ kind: "state", sub: "0", type: "state", data: "x".repeat(500_001) }).kind,
  frame: hear({ kind: "tooBig" }).kind,
};

// Words of a frame: as many as a content that is handed in says, and no more.
const bears = (said, times, each, patience = new Patience(0)) => {
  for (let at = 0; at < times; at += 1) if (!patience.bears(said, at * each)) return at;
  return "all";
};
told.bears = {
  handedIn: bears({ size: 3000 }, 1000, 0),
  played: bears({ size: 100_000 }, 600, 1000),
  moved: bears({}, 60 * 600, 1000 / 60),
  flood: bears({ size: 60_000 }, 1000, 0.2),
  nonsense: bears(null, 1000, 1),
};

// What is about the content as a whole.
const { isTop, verbOf } = await import(process.argv[5]);
told.read = JSON.parse(process.argv[6]).map((one) => [verbOf(one), isTop(one)]);

console.log(JSON.stringify(told));
process.exit(0);
