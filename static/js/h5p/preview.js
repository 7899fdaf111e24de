/* What a content reports while a trainer tries it, and what of it would count. It listens beside the
   player, to the frames of this page alone. */

const SUB_CONTENT = "http://h5p.org/x-api/h5p-subContentId";
const LANGUAGES = ["sv-SE", "sv", "en-US", "en"];
const MOST = 200;

const page = document.querySelector("[data-h5p-preview]");
const verbs = new Set(page.dataset.verbs.split(" ").filter(Boolean));
const lines = page.querySelector("[data-h5p-lines]");

function said(map) {
  if (typeof map !== "object" || map === null) return "";
  const language = [...LANGUAGES, ...Object.keys(map)].find((one) => typeof map[one] === "string");
  return language ? map[language] : "";
}

function isTop(statement) {
  const extensions = statement.object?.definition?.extensions ?? {};
  const parents = statement.context?.contextActivities?.parent;
  return !extensions[SUB_CONTENT] && !(Array.isArray(parents) ? parents.length : parents);
}

function points({ score } = {}) {
  if (!Number.isFinite(score?.raw) || !Number.isFinite(score?.max)) return page.dataset.wordsNone;
  const number = (value) => value.toLocaleString(document.documentElement.lang, { maximumFractionDigits: 2 });
  return page.dataset.wordsPoints.replace("{raw}", number(score.raw)).replace("{max}", number(score.max));
}

function meaning(statement, verb) {
  if (!isTop(statement)) return { words: page.dataset.wordsPart };
  if (verbs.has(verb)) return { words: page.dataset.wordsCounts, counts: true };
  return { words: page.dataset.wordsWay };
}

function show(statement) {
  const verb = String(statement.verb?.id ?? "").split("/").pop();
  const means = meaning(statement, verb);
  const row = document.createElement("tr");
  const cells = [
    verb,
    said(statement.object?.definition?.name) || "–",
    statement.result ? points(statement.result) : page.dataset.wordsNone,
    means.words,
  ];
  // Text, never markup: a stranger's program wrote it.
  row.append(...cells.map((words) => Object.assign(document.createElement("td"), { textContent: words.slice(0, 300) })));
  if (means.counts) row.dataset.counts = "";
  lines.prepend(row);
  while (lines.children.length > MOST) lines.lastElementChild.remove();
  page.querySelector("[data-h5p-log]").hidden = false;
  page.querySelector("[data-h5p-nothing]").hidden = true;
}

window.addEventListener("message", (event) => {
  const frames = [...page.querySelectorAll("iframe")];
  if (event.source === null || !frames.some((frame) => frame.contentWindow === event.source)) return;
  const { kmv, kind, statement } = event.data ?? {};
  if (kmv === "h5p" && kind === "statement" && typeof statement === "object" && statement !== null) show(statement);
});
