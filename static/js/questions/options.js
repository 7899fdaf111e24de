/* Options to tick, one or several: the answer is the ids of those ticked. */

function inputs(fieldset) {
  return Array.from(fieldset.querySelectorAll("[type=radio], [type=checkbox]"));
}

export const options = {
  enhance() {},

  read(fieldset) {
    return inputs(fieldset)
      .filter((input) => input.checked)
      .map((input) => input.value);
  },

  show(fieldset, answer) {
    for (const input of inputs(fieldset)) input.checked = answer.includes(input.value);
  },

  isAnswered(fieldset) {
    return inputs(fieldset).some((input) => input.checked);
  },
};
