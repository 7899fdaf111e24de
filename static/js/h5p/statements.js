/* What a statement is about and says, read as the server reads it (courses/h5p/results/statements.py). */

const SUB_CONTENT = "http://h5p.org/x-api/h5p-subContentId";

/** The last part of the verb's address; "" where there is none. */
export function verbOf(statement) {
  const address = statement.verb?.id;
  return typeof address === "string" ? address.replace(/\/+$/, "").split("/").pop() : "";
}

/** Whether it is about the content as a whole: it neither names a part nor stands in anything else. */
export function isTop(statement) {
  const { definition, id } = statement.object ?? {};
  const isPart = isSaid(definition?.extensions?.[SUB_CONTENT]) || (typeof id === "string" && id.includes("subContentId"));
  return !isPart && !isSaid(statement.context?.contextActivities?.parent);
}

function isSaid(value) {
  return typeof value === "object" && value !== null ? Object.keys(value).length > 0 : Boolean(value);
}
