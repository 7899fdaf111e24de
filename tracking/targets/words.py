"""A target in a plain sentence, made from what it says: who, what, by when.

What the sentence was given is marked (`<em class="said">`), so that a reader sees what can be
chosen. Names of units and courses come from whoever asks; a code without a name stands for itself.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from html import unescape
from typing import Protocol

from django.utils.html import format_html, format_html_join, strip_tags
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, ngettext, pgettext

from foundation.components.dates import swedish_date
from foundation.intervals import inclusive
from tracking.organisation.models import UnitKind
from tracking.targets.expressions import ExpressionError, parse_courses
from tracking.targets.models import Level
from tracking.targets.sentence import Group, Part, Verbatim, parts_of

# How roles end, and what the plural adds: "enhetschef", "handläggare", "kurator", "assistent".
PLURALS = {
    "are": "",
    "chef": "er",
    "ör": "er",
    "tor": "er",
    "ent": "er",
    "ist": "er",
    "log": "er",
    "gog": "er",
}


class Says(Protocol):
    """What a sentence is made of: a stored target, or one being made."""

    @property
    def courses(self) -> str: ...
    @property
    def audience(self) -> str: ...
    @property
    def level(self) -> str: ...
    @property
    def due_on(self) -> date | None: ...
    @property
    def days_new_employee(self) -> int | None: ...
    @property
    def validity_months(self) -> int | None: ...
    @property
    def share(self) -> int: ...
    @property
    def valid_from(self) -> date | None: ...
    @property
    def valid_to(self) -> date | None: ...


@dataclass(frozen=True, slots=True)
class Names:
    """What units and courses are called, by code."""

    units: Mapping[str, str] = field(default_factory=dict)
    courses: Mapping[str, str] = field(default_factory=dict)


def plain(sentence: SafeString) -> str:
    """The sentence without its marks."""
    return unescape(strip_tags(sentence))


def sentence(target: Says, names: Names) -> SafeString:
    """Who is to have done what, by when."""
    who, what = audience_words(target.audience, names), courses_words(target.courses, names)
    match target.level:
        case Level.OFFERED:
            return format_html(gettext("{who} are offered {what}."), who=who, what=what)
        case Level.SHOULD:
            words = gettext("{who} should have completed {what}{when}.")
        case _:
            words = gettext("{who} must have completed {what}{when}.")
    return format_html(words, who=who, what=what, when=_when(target))


def more_sentences(target: Says) -> list[SafeString]:
    """What else it says: how long a completion counts, how many are enough, from when to when."""
    found = []
    if target.validity_months is not None:
        months = ngettext("{count} month", "{count} months", target.validity_months)
        words = gettext("A completion counts for {months}.")
        found.append(_filled(words, months=months.format(count=target.validity_months)))
    if target.level != Level.OFFERED:
        share = gettext("{share} per cent").format(share=target.share)
        words = gettext("The target is reached when {share} of them have done it.")
        found.append(_filled(words, share=share))
    first, last = target.valid_from, inclusive(target.valid_to)
    if first and last:
        words = gettext("It holds from {first} through {last}.")
        found.append(_filled(words, first=swedish_date(first), last=swedish_date(last)))
    elif first:
        found.append(_filled(gettext("It holds from {first}."), first=swedish_date(first)))
    elif last:
        found.append(_filled(gettext("It holds through {last}."), last=swedish_date(last)))
    return found


def audience_words(text: str, names: Names) -> SafeString:
    """Whom an audience is: a phrase that begins a sentence. What does not parse stands as text."""
    try:
        parts = parts_of(text)
    except ExpressionError:
        parts = (Verbatim(text),)
    phrases = [part_words(part, names) for part in parts or (Group(),)]
    all_of = [format_html(gettext("all {whom}"), whom=phrase) for phrase in phrases]
    first = format_html(gettext("All {whom}"), whom=phrases[0])
    return _listed([first, *all_of[1:]], gettext("and also"))


def part_words(part: Part, names: Names) -> SafeString:
    """Whom one clause is: "handläggare och chefer i varje stadsdelsnämnd inom …"."""
    if isinstance(part, Verbatim):
        return format_html(gettext("for whom this holds: {text}"), text=_code(part.text))
    words = _who(part)
    where = [_kinds(part.any_of.get("enhetstyp", ())), _units(part.any_of.get("enhet", ()), names)]
    for phrase in filter(None, where):
        words = format_html(gettext("{whom} in {where}"), whom=words, where=phrase)
    areas = part.any_of.get("verksamhetsomrade", ())
    if areas:
        words = format_html(gettext("{whom} within {areas}"), whom=words, areas=_either(areas))
    left_out = _left_out(part.none_of, names)
    if left_out:
        words = format_html(gettext("{whom}, but not {others}"), whom=words, others=left_out)
    return words


def courses_words(text: str, names: Names) -> SafeString:
    """The courses: "A", "A eller både B och C"."""
    try:
        alternatives = parse_courses(text)
    except ExpressionError:
        return _said(text) if text else format_html("…")
    found = []
    for alternative in alternatives:
        courses = [_said(names.courses.get(code, code)) for code in alternative]
        both = _listed(courses, gettext("and"))
        is_one_of_several = len(courses) > 1 and len(alternatives) > 1
        found.append(
            format_html(gettext("both {courses}"), courses=both) if is_one_of_several else both
        )
    return _listed(found, pgettext("courses", "or"))


def kind_words(kind: str) -> str:
    """What a type of unit is called; a type nobody knows stands for itself."""
    return str(UnitKind(kind).label) if kind in UnitKind.values else kind


def _who(part: Group) -> SafeString:
    positions = part.any_of.get("befattning", ())
    whom = _roles(positions) if positions else _said(gettext("staff"))
    if part.manager == "ja" and not positions:
        return _managers()
    if part.manager:
        is_manager = part.manager == "ja"
        words = (
            gettext("{whom} who are {managers}")
            if is_manager
            else gettext("{whom} who are not {managers}")
        )
        return format_html(words, whom=whom, managers=_managers())
    return whom


def _roles(positions: Sequence[str]) -> SafeString:
    """Those who have one of these roles; in Swedish as "handläggare och enhetschefer"."""
    several = [_several(position) for position in positions]
    if (get_language() or "").startswith("sv") and all(several):
        return _both(several)
    return format_html(gettext("staff with the role {roles}"), roles=_either(positions))


def _several(position: str) -> str:
    """The Swedish plural of a role; empty where no rule here gives it."""
    name = position.strip()
    for ending, plural in PLURALS.items():
        if name.casefold().endswith(ending):
            return name + plural
    return ""


def _managers() -> SafeString:
    return _said(gettext("managers"))


def _kinds(kinds: Sequence[str]) -> SafeString:
    every = [gettext("every {kind}").format(kind=kind_words(kind)) for kind in kinds]
    return _either(every)


def _units(codes: Sequence[str], names: Names) -> SafeString:
    return _either([names.units.get(code, code) for code in codes])


def _left_out(values: Mapping[str, Sequence[str]], names: Names) -> SafeString:
    found = list(values.get("befattning", ()))
    found += [
        gettext("in any {kind}").format(kind=kind_words(k)) for k in values.get("enhetstyp", ())
    ]
    in_unit = gettext("in {unit}")
    found += [in_unit.format(unit=names.units.get(code, code)) for code in values.get("enhet", ())]
    within = gettext("within {area}")
    found += [within.format(area=area) for area in values.get("verksamhetsomrade", ())]
    return _either(found)


def _when(target: Says) -> SafeString:
    days = target.days_new_employee
    newly = ngettext("{count} day", "{count} days", days or 0).format(count=days)
    if target.due_on and days is not None:
        words = gettext(" by {day}, and who is new within {days}")
        return format_html(words, day=_said(swedish_date(target.due_on)), days=_said(newly))
    if target.due_on:
        return format_html(gettext(" by {day}"), day=_said(swedish_date(target.due_on)))
    if days is not None:
        return format_html(gettext(" within {days} of becoming one of them"), days=_said(newly))
    return SafeString("")


def _said(text: str) -> SafeString:
    return format_html('<em class="said">{}</em>', text)


def _code(text: str) -> SafeString:
    return format_html("<code>{}</code>", text)


def _filled(words: str, **said: str) -> SafeString:
    return format_html(words, **{name: _said(text) for name, text in said.items()})


def _both(values: Iterable[str]) -> SafeString:
    return _listed([_said(value) for value in values], gettext("and"))


def _either(values: Iterable[str]) -> SafeString:
    return _listed([_said(value) for value in values], pgettext("audience", "or"))


def _listed(phrases: Sequence[SafeString], last: str) -> SafeString:
    """ "A", "A och B", "A, B och C"."""
    if len(phrases) < 2:
        return phrases[0] if phrases else SafeString("")
    begun = format_html_join(", ", "{}", ((phrase,) for phrase in phrases[:-1]))
    return format_html("{} {} {}", begun, last, phrases[-1])
