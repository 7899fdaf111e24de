"""Things that belong together: matching, placing in groups, and putting in order."""

from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

from quizzes.interchange.mapping.wording import framed, going, plain, said
from quizzes.interchange.source import EMPTY, Answer, Pair, Source
from quizzes.interchange.texts import as_plain
from quizzes.types.base import Rule


def from_pairs(source: Source) -> dict[str, Any]:
    """Matching; a right side without a left one belongs to nothing."""
    pairs, extra = [], []
    ids: dict[str, str] = {}
    for number, pair in enumerate(source.pairs):
        left = as_plain(pair.left, source)
        right = said(source, pair.right, _("a match"))
        if not left:
            extra.append(right)
            continue
        # Two may belong to the same.
        match_id = ids.setdefault(right, f"m{number}")
        pairs.append(
            {"id": str(number), "text": left, "match_id": match_id, "match": right, "feedback": ""}
        )
    distractors = [
        {"id": f"d{number}", "text": text}
        for number, text in enumerate(dict.fromkeys(one for one in extra if one not in ids))
    ]
    rule = Rule.PER_PART.value
    return framed(source, "matching", pairs=pairs, distractors=distractors, rule=rule)


def from_ordering(source: Source) -> dict[str, Any]:
    """Steps, in the order of the file."""
    steps = [
        {"id": str(number), "text": said(source, answer.text, _("a step"))}
        for number, answer in enumerate(source.answers)
    ]
    if any(answer.feedback.text for answer in source.answers):
        source.say(_("the feedback to each step"))
    rule = Rule.ALL_OR_NOTHING if source.all_or_nothing else Rule.PER_PART
    return framed(source, "ordering", steps=steps, rule=rule.value)


def _say_what_pairs_lose(source: Source, content: Any, parts: list[Any]) -> None:
    if any(part["feedback"] for part in parts):
        source.say(_("the feedback to each pair"))
    if content.get("rule", Rule.PER_PART) != Rule.PER_PART:
        source.say(_("how it is scored: elsewhere each part gives its share"))


def to_matching(content: Any) -> Source:
    """Matching, as both formats have it."""
    source = going(content, "matching")
    source.pairs = [
        *(Pair(plain(one["text"]), plain(one["match"])) for one in content["pairs"]),
        *(Pair(EMPTY, plain(one["text"])) for one in content["distractors"]),
    ]
    _say_what_pairs_lose(source, content, content["pairs"])
    return source


def to_groups(content: Any) -> Source:
    """Placing in groups, as matching: each case with the name of its group."""
    source = going(content, "matching")
    names = {group["id"]: group["text"] for group in content["groups"]}
    used = {case["group"] for case in content["cases"]}
    source.pairs = [
        *(Pair(plain(one["text"]), plain(names[one["group"]])) for one in content["cases"]),
        *(Pair(EMPTY, plain(text)) for group, text in names.items() if group not in used),
    ]
    source.say(_("that it is about groups: elsewhere it becomes matching"), small=True)
    _say_what_pairs_lose(source, content, content["cases"])
    return source


def to_ordering(content: Any) -> Source:
    """Steps in their order."""
    source = going(content, "ordering")
    source.answers = [
        Answer(plain(step["text"]), Fraction(number))
        for number, step in enumerate(content["steps"], start=1)
    ]
    rule = content.get("rule", Rule.PER_PART)
    source.all_or_nothing = rule == Rule.ALL_OR_NOTHING
    if rule == Rule.RIGHT_MINUS_WRONG:
        source.say(_("how it is scored: elsewhere each part gives its share"))
    return source
