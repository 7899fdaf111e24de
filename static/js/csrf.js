/* The token that requests of this page carry: from the cookie, because a new log-in in another tab
   changes it, else the one the page came with. */

export function csrfToken(form) {
  // Where the platform is met by https its cookies are called "__Host-…".
  const cookie = document.cookie.split("; ").find((one) => /^(__Host-)?csrftoken=/.test(one));
  return cookie?.slice(cookie.indexOf("=") + 1) || form.elements.csrfmiddlewaretoken.value;
}

/** What a form says, for a request whose token travels in a header. */
export function fieldsOf(form, button) {
  const fields = new FormData(form);
  fields.delete("csrfmiddlewaretoken");
  if (button?.name) fields.append(button.name, button.value);
  return fields;
}
