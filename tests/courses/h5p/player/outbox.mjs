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
const page = { addEventListener: () => undefined, cookie: "csrftoken=x", hidden: false };
globalThis.window = globalThis.document = page;

const stored = [];
let isUp = true;
/* Refuses a body of more than `MOST` characters, and, with all that came along, what is "odd". */
const MOST = 2000;
globalThis.fetch = async (_address, { body }) => {
  if (!isUp) throw new Error("no network");
  const answer = (status, said) => ({ ok: status === 200, status, json: async () => said });
  if (body.length > MOST) return answer(413, { error: "too much" });
  const { statements } = JSON.parse(body);
  if (statements?.some((one) => one.statement === "odd")) return answer(400, { error: "not JSON" });
  for (const one of statements ?? []) stored.push(one.statement);
  return answer(200, { stored: [], shown: {} });
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
const [launch] = leftBehind("P");
make({ launch, isLeft: true }).again();
await sent();
told.other = [stored.at(-1), kept.has("kmv:h5p:T:P"), leftBehind("P"), kept.size];
mine.close();

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

// Words of a frame: as many as a content that is handed in says, and no more.
const { Patience } = await import(process.argv[4]);
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

console.log(JSON.stringify(told));
process.exit(0);
