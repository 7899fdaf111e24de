"""Cloze: the answers of a gap written in the text, `{1:SHORTANSWER:=this~%50%that#almost}`."""

import re
from fractions import Fraction
from html import unescape

from django.utils.translation import gettext as _

from quizzes.interchange.source import (
    EMPTY,
    MAX_ANSWERS,
    Answer,
    Gap,
    GapKind,
    Refused,
    Source,
    Text,
    TextFormat,
    gap_mark,
    percent_of,
)

_TYPED = ("SHORTANSWER", "SA", "MW", "SHORTANSWER_C", "SAC", "MWC")
_CHOICES = ("MULTICHOICE", "MC")
_SEVERAL = ("MULTIRESPONSE", "MR")
_LAID_OUT = ("", "_V", "_H", "_S", "_VS", "_HS", "V", "H", "S", "VS", "HS")
KINDS: dict[str, tuple[GapKind, bool]] = {
    **{name: (GapKind.TYPED, not name.endswith("C")) for name in _TYPED},
    **dict.fromkeys(("NUMERICAL", "NM"), (GapKind.NUMBER, True)),
    **{base + look: (GapKind.CHOICE, True) for base in _CHOICES for look in _LAID_OUT},
    **{base + look: (GapKind.SEVERAL, True) for base in _SEVERAL for look in _LAID_OUT},
}
_opening = re.compile(r"\{\s*(\d*)\s*:\s*([A-Z_]{2,20})\s*:")
_answer = re.compile(r"\s*(?:(=)|%(-?[\d.,]+)%)?(.*)", re.DOTALL)
_escaped = re.compile(r"\\([\\#~}\"/{=])")
FULL = Fraction(100)


def read_cloze(source: Source, text: Text) -> None:
    """Take the gaps out of the text, leaving their marks; raises Refused."""
    said, pieces, at = text.text, [], 0
    while found := _opening.search(said, at):
        pieces.append(said[at : found.start()])
        end = _end(said, found.end())
        if found.group(2) not in KINDS:
            raise Refused(_("it has a gap of an unknown kind, %(kind)s") % {"kind": found.group(2)})
        kind, ignore_case = KINDS[found.group(2)]
        if found.group(1) not in ("", "1"):
            source.say(_("that its gaps weigh differently"), small=True)
        answers = _answers(said[found.end() : end], kind, text.format)
        pieces.append(gap_mark(len(source.gaps)))
        source.gaps.append(Gap(kind, answers, ignore_case))
        at = end + 1
    if not source.gaps:
        raise Refused(_("it has no gap"))
    source.text = Text("".join([*pieces, said[at:]]), text.format, text.files)


def _end(said: str, at: int) -> int:
    while at < len(said):
        if said[at] == "\\":
            at += 1
        elif said[at] == "}":
            return at
        at += 1
    raise Refused(_("a gap's brace is not closed"))


def _split(said: str, sign: str) -> list[str]:
    """The parts between signs that are not escaped; `&#` begins a character, not a comment."""
    parts, begun, at = [], 0, 0
    while at < len(said):
        if said[at] == "\\":
            at += 1
        elif said[at] == sign and not (sign == "#" and said.endswith(("&", "&amp;"), begun, at)):
            parts.append(said[begun:at])
            begun = at + 1
        at += 1
    return [*parts, said[begun:]]


def _answers(said: str, kind: GapKind, default: TextFormat) -> tuple[Answer, ...]:
    parts = [part for part in _split(said, "~") if part.strip()]
    if not parts or len(parts) > MAX_ANSWERS:
        raise Refused(_("a gap has no answers, or too many"))
    return tuple(_read(part, kind, default) for part in parts)


def _read(said: str, kind: GapKind, default: TextFormat) -> Answer:
    found = _answer.fullmatch(said)
    right, percent, rest = found.groups() if found else (None, None, said)
    text, *comments = _split(rest, "#")
    text, feedback = (_escaped.sub(r"\1", one).strip() for one in (text, "#".join(comments)))
    tolerance = ""
    if kind is GapKind.NUMBER:
        text, _colon, tolerance = text.partition(":")
    typed = kind in (GapKind.TYPED, GapKind.NUMBER)
    return Answer(
        Text(_plain(text, default), TextFormat.PLAIN) if typed else Text(text, default),
        FULL if right else percent_of(percent or "0"),
        Text(feedback, default) if feedback else EMPTY,
        tolerance.strip(),
    )


def _plain(text: str, default: TextFormat) -> str:
    if default is TextFormat.PLAIN:
        return text
    return unescape(re.sub(r"<[^<>]*>", "", text)).replace("\xa0", " ").strip()
