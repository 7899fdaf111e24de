/* In a page that a library writes within its own: says that it runs. */

window.parent.postMessage("within", "*");
