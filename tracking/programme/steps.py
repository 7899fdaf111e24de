"""What each button of the page does to what has been filled in; none of them needs a script."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from tracking.programme.typed import MOST, CoursesTyped, GroupTyped, Typed
from tracking.targets.expressions import ExpressionError
from tracking.targets.sentence import clause_of

Row = TypeVar("Row", GroupTyped, CoursesTyped)


@dataclass(frozen=True, slots=True)
class Step:
    """What is filled in after the press, and where on the page to go on."""

    typed: Typed
    place: str = ""
    failed: bool = False  # it could not be done: the page says why


def done(typed: Typed, asked: str) -> Step:
    """The step of the button `asked`; one that is not there does nothing."""
    what, _colon, which = asked.partition(":")
    return STEPS.get(what, _nothing)(typed, which)


def _nothing(typed: Typed, _which: str) -> Step:
    return Step(typed)


def _stay(typed: Typed, which: str) -> Step:
    """Go on where the button stands."""
    return Step(typed, f"#{which}" if which.replace("-", "").isalnum() else "")


def _another_group(typed: Typed, _which: str) -> Step:
    if len(typed.groups) >= MOST:
        return Step(typed)
    return _with_groups(typed, (*typed.groups, GroupTyped()), len(typed.groups))


def _another_alternative(typed: Typed, _which: str) -> Step:
    if len(typed.courses) >= MOST:
        return Step(typed)
    courses = (*typed.courses, CoursesTyped())
    return Step(replace(typed, courses=courses), f"#kurser-{len(typed.courses)}")


def _without_alternative(typed: Typed, which: str) -> Step:
    left = _without(typed.courses, _number(which)) or (CoursesTyped(),)
    return Step(replace(typed, courses=left), "#kurser")


def _whole_as_text(typed: Typed, _which: str) -> Step:
    return Step(typed.as_text(), "#id_omfattar")


def _with_groups(typed: Typed, groups: tuple[GroupTyped, ...], at: int) -> Step:
    return Step(replace(typed, groups=groups), f"#grupp-{at}")


def _without_group(typed: Typed, which: str) -> Step:
    left = _without(typed.groups, _number(which)) or (GroupTyped(),)
    return Step(replace(typed, groups=left), "#grupper")


def _group_as_text(typed: Typed, which: str) -> Step:
    number = _number(which)
    if not 0 <= number < len(typed.groups):
        return Step(typed)
    group = typed.groups[number]
    if group.text is None:
        group = GroupTyped(text=clause_of(group.part))
    groups = (*typed.groups[:number], group, *typed.groups[number + 1 :])
    return _with_groups(typed, groups, number)


def _as_sentences(typed: Typed, _which: str) -> Step:
    try:
        return Step(typed.as_sentences(), "#grupper")
    except ExpressionError:
        return Step(typed, "#id_omfattar", failed=True)


def _without(items: tuple[Row, ...], number: int) -> tuple[Row, ...]:
    return tuple(one for at, one in enumerate(items) if at != number)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 5 else -1


STEPS: Mapping[str, Callable[[Typed, str], Step]] = {
    "visa": _stay,
    "grupp+": _another_group,
    "grupp-": _without_group,
    "grupp-text": _group_as_text,
    "kurs+": _another_alternative,
    "kurs-": _without_alternative,
    "text": _whole_as_text,
    "mening": _as_sentences,
}
