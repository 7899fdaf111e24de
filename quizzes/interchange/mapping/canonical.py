"""Contents in one form, whoever made them: to compare two, and to read one from a file.

Ids are places in the question, so that two questions which ask the same are equal. What a file
says is checked piece by piece, and its HTML made safe.
"""

from collections.abc import Callable, Iterable
from typing import Any

from django.utils.translation import gettext as _

from quizzes.bank.sanitising import safe_html
from quizzes.interchange.source import MAX_ANSWERS, MAX_TEXT, Refused
from quizzes.types import TYPES

Given = dict[str, Any]


def canonical(given: Any) -> Given:
    """The content in its one form; raises Refused for what is no content at all."""
    if not isinstance(given, dict) or _text(given, "type") not in OWN_PARTS:
        raise _refusal("type")
    kind = TYPES[given["type"]]
    content = {
        "type": kind.name,
        "text": safe_html(_text(given, "text")),
        "explanation": safe_html(_text(given, "explanation", "")),
        "teaches": _text(given, "teaches", ""),
        **OWN_PARTS[kind.name](given),
    }
    if kind.rules:
        content["rule"] = _text(given, "rule", kind.rules[0].value)
    return content


def _refusal(name: str) -> Refused:
    return Refused(_("what this platform wrote of it is damaged: %(name)s") % {"name": name})


def _text(given: Given, name: str, default: str | None = None) -> str:
    said = given.get(name, default)
    if not isinstance(said, str) or len(said) > MAX_TEXT:
        raise _refusal(name)
    return said


def _flag(given: Given, name: str) -> bool:
    if not isinstance(given.get(name), bool):
        raise _refusal(name)
    return bool(given[name])


def _list(given: Given, name: str) -> list[Given]:
    said = given.get(name)
    if (
        not isinstance(said, list)
        or len(said) > MAX_ANSWERS
        or not all(isinstance(one, dict) for one in said)
    ):
        raise _refusal(name)
    return said


def _places(parts: Iterable[Given], name: str, prefix: str = "") -> dict[str, str]:
    """Each id's place, as the new id."""
    places: dict[str, str] = {}
    for part in parts:
        places.setdefault(_text(part, name), f"{prefix}{len(places)}")
    return places


def _options(given: Given) -> Given:
    return {
        "options": [
            {
                "id": str(number),
                "text": _text(one, "text"),
                "correct": _flag(one, "correct"),
                "feedback": _text(one, "feedback", ""),
            }
            for number, one in enumerate(_list(given, "options"))
        ]
    }


def _pairs(given: Given) -> Given:
    pairs, extra = _list(given, "pairs"), _list(given, "distractors")
    matches = _places(pairs, "match_id", "m")
    return {
        "pairs": [
            {
                "id": str(number),
                "text": _text(one, "text"),
                "match_id": matches[one["match_id"]],
                "match": _text(one, "match"),
                "feedback": _text(one, "feedback", ""),
            }
            for number, one in enumerate(pairs)
        ],
        "distractors": [
            {"id": f"d{number}", "text": _text(one, "text")} for number, one in enumerate(extra)
        ],
    }


def _steps(given: Given) -> Given:
    return {
        "steps": [
            {"id": str(number), "text": _text(one, "text")}
            for number, one in enumerate(_list(given, "steps"))
        ]
    }


def _passage(gap: Callable[[Given], Given]) -> Callable[[Given], Given]:
    def passage(given: Given) -> Given:
        pieces: list[Given] = []
        gaps = 0
        for one in _list(given, "passage"):
            if "gap" in one:
                pieces.append({"gap": f"g{gaps}", **gap(one)})
                gaps += 1
            elif pieces and "text" in pieces[-1]:
                pieces[-1]["text"] += _text(one, "text")
            elif _text(one, "text"):
                pieces.append({"text": one["text"]})
        return {"passage": pieces}

    return passage


def _typed(gap: Given) -> Given:
    accepted = gap.get("accepted")
    if (
        not isinstance(accepted, list)
        or len(accepted) > MAX_ANSWERS
        or not all(isinstance(one, str) and len(one) < MAX_TEXT for one in accepted)
    ):
        raise _refusal("accepted")
    return {
        "accepted": list(accepted),
        "ignore_case": _flag(gap, "ignore_case"),
        "ignore_accents": _flag(gap, "ignore_accents"),
        "feedback": _text(gap, "feedback", ""),
    }


def _groups(given: Given) -> Given:
    """The order of the cases says nothing: the bank has them by their ids."""
    groups = _list(given, "groups")
    cases = sorted(_list(given, "cases"), key=lambda one: _text(one, "text"))
    places = _places(groups, "id", "g")
    return {
        "groups": [{"id": places[one["id"]], "text": _text(one, "text")} for one in groups],
        "cases": [
            {
                "id": str(number),
                "text": _text(one, "text"),
                "group": places.get(_text(one, "group"), "?"),
                "feedback": _text(one, "feedback", ""),
            }
            for number, one in enumerate(cases)
        ],
    }


def _case(given: Given) -> Given:
    """Steps keep their names: the author gave them, and no page shows them."""
    return {
        "steps": [
            {
                "id": _text(step, "id"),
                "text": _text(step, "text"),
                "options": [
                    _way(way, f"{at}-{number}") for number, way in enumerate(_list(step, "options"))
                ],
            }
            for at, step in enumerate(_list(given, "steps"))
        ]
    }


def _way(way: Given, name: str) -> Given:
    points = way.get("points")
    if not isinstance(points, int) or isinstance(points, bool):
        raise _refusal("points")
    return {
        "id": name,
        "text": _text(way, "text"),
        "points": points,
        "feedback": _text(way, "feedback", ""),
        "next": _text(way, "next", ""),
    }


OWN_PARTS: dict[str, Callable[[Given], Given]] = {
    "single": _options,
    "multiple": _options,
    "true_false": _options,
    "matching": _pairs,
    "ordering": _steps,
    "gap_choice": _passage(_options),
    "gap_typed": _passage(_typed),
    "categorise": _groups,
    "case": _case,
}
