/* What the browser keeps of one attempt's answers that are not yet saved: a key for each question, so
   that two tabs don't write over each other's. Where storage is switched off or full, nothing is kept,
   and the page itself still holds the answers. */

const KIND = "kmv:attempt:";

export class KeptAnswers {
  /** `prefix` names the attempt and the person: "kmv:attempt:<attempt>:<person>". */
  constructor(prefix) {
    this.prefix = `${prefix}:`;
  }

  /** Pairs of question and change. */
  all() {
    return attempt([], () =>
      Object.keys(localStorage)
        .filter((key) => key.startsWith(this.prefix))
        .map((key) => [this.question(key), this.read(key)])
        .filter(([, change]) => typeof change?.choice === "object"),
    );
  }

  keep(question, change) {
    attempt(undefined, () => localStorage.setItem(this.prefix + question, JSON.stringify(change)));
  }

  /** Forget a change, unless another tab has put a newer one in its place. */
  drop(question, change) {
    attempt(undefined, () => {
      const key = this.prefix + question;
      if (this.read(key)?.client_id === change.client_id) localStorage.removeItem(key);
    });
  }

  /** What somebody else left behind on this computer is neither shown nor kept. */
  forgetOthers() {
    const mine = this.prefix.split(":")[3];
    attempt(undefined, () => {
      Object.keys(localStorage)
        .filter((key) => key.startsWith(KIND) && key.split(":")[3] !== mine)
        .forEach((key) => localStorage.removeItem(key));
    });
  }

  forget() {
    this.all().forEach(([question]) =>
      attempt(undefined, () => localStorage.removeItem(this.prefix + question)),
    );
  }

  /** The question a key of the storage is about; undefined when it is none of this attempt's. */
  question(key) {
    return key?.startsWith(this.prefix) ? key.slice(this.prefix.length) : undefined;
  }

  read(key) {
    return attempt(undefined, () => JSON.parse(localStorage.getItem(key)));
  }
}

function attempt(otherwise, action) {
  try {
    return action();
  } catch {
    return otherwise;
  }
}
