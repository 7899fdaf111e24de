"""Reads Moodle XML: what every question says; what only some say is in parts.py."""

import json
import re

from django.utils.translation import gettext as _

from quizzes.interchange.moodle.parts import KNOWN, READERS
from quizzes.interchange.moodle.texts import text_at, text_of
from quizzes.interchange.moodle.tree import Node, parsed
from quizzes.interchange.source import (
    FileRefused,
    Read,
    Refused,
    Source,
    Unread,
    percent_of,
    refuse_large,
    refuse_many,
)

# Ours beside Moodle's, which passes over what it does not know.
OWN = "kompetens"
# What says nothing of the question itself, or is read elsewhere.
EVERYWHERE = frozenset(
    [
        "name",
        "questiontext",
        "generalfeedback",
        "defaultgrade",
        "penalty",
        "hidden",
        "idnumber",
        "tags",
        "coursetags",
        "hint",
        "image",
        "image_base64",
        "image_url",
        "version",
        "stamp",
        "timecreated",
        "timemodified",
        "createdby",
        "modifiedby",
        "parent",
        "category",
        "length",
        "defaultmark",
    ]
) | {OWN}
COMBINED = ("correctfeedback", "partiallycorrectfeedback", "incorrectfeedback")
# What Moodle writes there by itself, in some languages.
BY_ITSELF = frozenset(
    {
        "your answer is correct.",
        "your answer is partially correct.",
        "your answer is incorrect.",
        "ditt svar är korrekt.",
        "ditt svar är delvis korrekt.",
        "ditt svar är inte korrekt.",
        "ditt svar är felaktigt.",
        "votre réponse est correcte.",
        "votre réponse est partiellement correcte.",
        "votre réponse est incorrecte.",
        "die antwort ist richtig.",
        "die antwort ist teilweise richtig.",
        "die antwort ist falsch.",
        "respuesta correcta",
        "respuesta parcialmente correcta.",
        "respuesta incorrecta.",
    }
)


def read_moodle(data: bytes) -> list[Read]:
    """The questions of a file, in order; raises FileRefused when it holds none."""
    refuse_large(data)
    root = parsed(data)
    if root.name not in ("quiz", "question"):
        raise FileRefused(
            _("This is not Moodle XML: it begins with <%(name)s> and not with <quiz>.")
            % {"name": root.name[:60]},
            root.line,
        )
    questions = [root] if root.name == "question" else list(root.all("question"))
    refuse_many(len(questions))
    found: list[Read] = []
    category = ""
    for node in questions:
        if node.attributes.get("type") == "category":
            category = node.says("category", "text") or node.says("category")
        else:
            found.append(_read(node, category))
    if not found:
        raise FileRefused(_("There is no question in the file."))
    return found


def _read(node: Node, category: str) -> Read:
    source = Source(type=node.attributes.get("type", "").strip()[:60], category=category)
    source.line = node.line
    source.name = " ".join((node.says("name", "text") or node.says("name")).split())[:255]
    try:
        _read_common(source, node)
        if source.type in READERS:
            READERS[source.type](source, node)
    except Refused as refused:
        return Unread(source.type, source.name, source.line, str(refused))
    return source


def _read_common(source: Source, node: Node) -> None:
    source.text = text_at(node, "questiontext")
    source.explanation = text_at(node, "generalfeedback", default=source.text.format)
    source.idnumber = node.says("idnumber")[:200]
    for tags in ("tags", "coursetags"):
        for holder in node.all(tags):
            source.tags += [tag.says("text") or tag.text.strip() for tag in holder.all("tag")]
    if own := node.first(OWN):
        source.own = _own(own.text)
    _read_points(source, node)
    for name in ("image", "image_url"):
        if picture := node.says(name):
            source.say(_("the picture %(name)s") % {"name": picture[:80]})
    if hints := [one for one in node.all("hint") if _hint(one)]:
        source.say(_("%(count)d hints between tries") % {"count": len(hints)})
    _read_combined(source, node)
    for child in node.children:
        if child.name not in EVERYWHERE | KNOWN and (child.text.strip() or child.children):
            source.say(_("the element <%(tag)s>") % {"tag": child.name[:60]}, small=True)


def _hint(node: Node) -> str:
    """What a hint says; files from before Moodle 2 have it one step further in."""
    return node.says("hintcontent", "text") or text_of(node).text


def _read_points(source: Source, node: Node) -> None:
    points = percent_of(node.says("defaultgrade", default="1") or "1")
    if points != 1:
        said = _("that it gives %(points)s points: here each gives one")
        source.say(said % {"points": f"{float(points):g}"}, small=True)
    penalty = round(float(percent_of(node.says("penalty"))), 2)
    if penalty not in (0, 0.1, 0.33, 1) and source.type != "truefalse":
        source.say(_("the deduction for each new try"), small=True)
    if node.says("hidden") == "1":
        source.remark(_("it was hidden in Moodle"))


def _read_combined(source: Source, node: Node) -> None:
    """Feedback to the answer as a whole, of which there are three."""
    own: list[str] = []
    standard: list[str] = []
    for name in COMBINED:
        said = text_at(node, name)
        words = " ".join(re.sub(r"<[^<>]*>", " ", said.text).split())
        if words or said.files:
            (standard if words.lower() in BY_ITSELF else own).append(f"“{words[:60]}”")
    for texts, small in ((own, False), (standard, True)):
        if texts:
            source.say(
                _("the feedback to the whole: %(texts)s") % {"texts": ", ".join(texts)},
                small=small,
            )


def _own(said: str) -> dict[str, object] | None:
    try:
        own = json.loads(said)
    except (ValueError, RecursionError):
        return None
    return own if isinstance(own, dict) else None
