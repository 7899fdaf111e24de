/* What holds wherever a package is sent: which file is too large to begin with, and what there is to
   say where no answer of ours came back. `form` carries the words (h5p/studio/_upload_words.html). */

/** Whether the server would refuse the file for its size alone. */
export function isTooLarge(form, file) {
  return file.size > Number(form.dataset.h5pMost);
}

/** What the server said in JSON; undefined where something else came. */
export function answerOf(request) {
  try {
    return JSON.parse(request.responseText);
  } catch {
    return undefined;
  }
}

/** What went wrong with a request that is over and brought no answer, in words. */
export function troubleOf(form, request) {
  const words = form.dataset;
  if (request.status === 0) return words.h5pWordsLost;
  if (isRefusedUnread(request)) return words.h5pWordsRefused;
  return isSignedOut(form, request) ? words.h5pWordsOut : words.h5pWordsFailed;
}

/** Whether what stands before the program let no file as large as this through. */
export function isRefusedUnread(request) {
  return request.status === 413;
}

/* Refused for its token or its rights, or somewhere else answered than was asked: the log-in page,
   whose own address names the one that was asked ("?next="). */
function isSignedOut(form, request) {
  if (request.status === 401 || request.status === 403) return true;
  return new URL(request.responseURL).pathname !== new URL(form.action).pathname;
}
