/* What a content reports while a trainer tries it, as the player hears it, and what of it would count. */

import { isTop, verbOf } from "./statements.js";

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
  const verb = verbOf(statement);
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

page.addEventListener("kmv:h5p-said", (event) => show(event.detail));
