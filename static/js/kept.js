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
