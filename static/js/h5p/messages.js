/* What a frame may say to the lesson. A content is a stranger's program: only what comes from its own
   window, with the launch's nonce, and has the shape it should, is taken for anything. */

export const KMV = "h5p";
const BIGGEST_STATEMENT = 64_000;
const BIGGEST_STATE = 500_000;
const HIGHEST = 20_000;
// Nobody can keep it: the player says so.
const TOO_BIG = "tooBig";
const NAME = /^[A-Za-z0-9._:-]{1,64}$/;

const READ = {
  opened: () => ({}),
  saved: () => ({}),
  leave: () => ({}),
  trouble: () => ({}),
  tooBig: () => ({}),
  failed: ({ reason }) => ({ reason: reason === "missing" ? "missing" : "error" }),
  height: ({ height }) => (Number.isFinite(height) && height >= 0 ? { height: Math.min(height, HIGHEST) } : null),
  statement: ({ statement }) => {
    const size = isObject(statement) ? sizeOf(statement) : Infinity;
    if (size === Infinity) return null;
    if (size <= BIGGEST_STATEMENT) return { statement, size, kept: size };
    const short = withoutWords(statement);
    const kept = sizeOf(short);
    return kept <= BIGGEST_STATEMENT ? { statement: short, size, kept } : { kind: TOO_BIG, size };
  },
  state: ({ sub, type, data }) => {
    const isFine = data === null || typeof data === "string";
    if (!isFine || !NAME.test(sub) || !NAME.test(type)) return null;
    const size = data?.length ?? 0;
    return size <= BIGGEST_STATE ? { sub, type, data, size } : { kind: TOO_BIG, size };
  },
};

/** A statement that is too long to be kept whole: that it was said, of what, and the points. What it is
    of stands in the extensions too; without them a part would be taken for the whole. */
function withoutWords(statement) {
  const { object, result } = statement;
  const short = { ...statement };
  if (isObject(object)) short.object = { ...object, definition: { extensions: object.definition?.extensions } };
  if (isObject(result)) short.result = { ...result, response: undefined };
  return short;
}

/** What `event` says, if it is from this frame: {kind, …}; null for anything else. `size`: in
    characters, of what the frame said; `kept`: of what is left of it. */
export function read(event, frame, nonce) {
  const said = event.data;
  if (event.source === null || event.source !== frame.contentWindow || !isObject(said)) return null;
  // A frame without an origin; a page of ours that came to stand there has one.
  if (event.origin !== "null" || said.kmv !== KMV || typeof said.kind !== "string") return null;
  // Before the first word of ours it knows no nonce, and can say no more than that it is there.
  if (said.kind === "ready") return { kind: "ready" };
  if (said.nonce !== nonce || !Object.hasOwn(READ, said.kind)) return null;
  const read = READ[said.kind](said);
  return read && { kind: said.kind, ...read };
}

function isObject(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function sizeOf(value) {
  try {
    return JSON.stringify(value).length;
  } catch {
    return Infinity;
  }
}

/* How much a frame may say: far more at once than a content that is handed in, and then as much as one
   that is played. Whoever says more fills the page that hears it, until the browser gives it up. */
const AT_ONCE = 6000;
const A_SECOND = 300;
const NONSENSE = 20;

export class Patience {
  constructor(now = performance.now()) {
    this.left = AT_ONCE;
    this.at = now;
  }

  /** Whether this may be heard too. `said`: what `read` made of it, null for what made no sense. */
  bears(said, now = performance.now()) {
    this.left = Math.min(AT_ONCE, this.left + ((now - this.at) / 1000) * A_SECOND);
    this.at = now;
    this.left -= said ? 1 + (said.size ?? 0) / 1000 : NONSENSE;
    return this.left >= 0;
  }
}
