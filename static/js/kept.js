/* What the browser keeps of a person's unsent answers and places: keys that begin with "kmv:". */

const PREFIX = "kmv:";

function wipe(storage) {
  const keys = Array.from({ length: storage.length }, (_, at) => storage.key(at));
  keys.filter((key) => key?.startsWith(PREFIX)).forEach((key) => storage.removeItem(key));
}

/** Forget all of it; a browser that forbids storage has nothing to forget. */
export function wipeKept() {
  for (const name of ["localStorage", "sessionStorage"]) {
    try {
      wipe(window[name]);
    } catch {
      // Storage is switched off in this browser.
    }
  }
}

/* What is kept of a person says whose it is: "kmv:h5p:<launch>:<person>", "kmv:attempt:<attempt>:<person>:…". */
const OF_SOMEBODY = /^kmv:(?:h5p|attempt):[^:]*:([^:]*)/;
const PLAYED = /^kmv:h5p:/;
const LONGEST_MS = 7 * 24 * 60 * 60 * 1000;

function drop(isUnwanted) {
  try {
    for (const key of Object.keys(localStorage)) if (isUnwanted(key)) localStorage.removeItem(key);
  } catch {
    // Storage is switched off in this browser.
  }
}

/** Forget what anybody but this person left behind on a shared computer. */
export function forgetOthers(person) {
  drop((key) => (OF_SOMEBODY.exec(key)?.[1] ?? person) !== person);
}

/** Forget what a content reported so long ago that nobody is coming back to send it. */
export function forgetOld(now = Date.now()) {
  drop((key) => {
    const at = PLAYED.test(key) && /^\{"at":(\d+)/.exec(localStorage.getItem(key));
    return at && now - Number(at[1]) > LONGEST_MS;
  });
}
