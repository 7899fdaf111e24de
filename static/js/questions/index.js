/* How a page's script reads and shows the answer to a question, whatever its type. The inputs of the
   page are the truth: without any of this a form sends the same.

   An answer is what the server calls one: a list of ids (options, an order, a case's path), or for
   each part's id what it was given. Each change bubbles as an event "change" from within the question. */

import { matching } from "./matching.js";
import { options } from "./options.js";
import { ordering } from "./ordering.js";
import { parts } from "./parts.js";
import { walk } from "./walk.js";

const TYPES = {
  single: options,
  multiple: options,
  true_false: options,
  matching,
  categorise: parts,
  gap_choice: parts,
  gap_typed: parts,
  ordering,
  case: walk,
};

/** The fieldset of a question, and its type; `within` is the fieldset or what holds it. */
function found(within) {
  const fieldset = within.matches("[data-type]") ? within : within.querySelector("[data-type]");
  return { fieldset, type: TYPES[fieldset.dataset.type] };
}

/** Bring in what only a script can do; once for every question. */
export function enhance(within) {
  const { fieldset, type } = found(within);
  type.enhance(fieldset);
}

/** The answer as it stands in the page. */
export function readAnswer(within) {
  const { fieldset, type } = found(within);
  return type.read(fieldset);
}

/** Put an answer into the page; for a case the server's `html` shows where its path leads. */
export function showAnswer(within, answer, html) {
  const { fieldset, type } = found(within);
  type.show(fieldset, answer, html);
}

/** Whether it is answered in full, as the server will see it. */
export function isAnswered(within) {
  const { fieldset, type } = found(within);
  return type.isAnswered(fieldset);
}
