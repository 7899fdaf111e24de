"""What a target's figures for a unit come to, in numbers, a word and an icon; the same everywhere.

Every number of a unit and a target that a page shows is written by `shown`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from operator import attrgetter

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, pgettext

from foundation.components.dates import swedish_date
from foundation.components.numbers import number, percent
from foundation.templatetags.components import icon
from tracking.status.queries import UnitSummary
from tracking.status.rules import TargetRow
from tracking.targets.models import Level

NO_FIGURE = SafeString('<span class="soft">–</span>')
# Counts of a city's units, in each language.
KEPT = 8_000


class Measure(StrEnum):
    """What a number says of a unit and a target; named as the columns of `export_summary`."""

    AUDIENCE = "malgrupp"
    EXEMPT = "undantagna"
    DONE = "klara"
    EXPIRED = "utgangna"
    OVERDUE = "forsenade"
    STARTED = "pagaende"
    NOT_STARTED = "ej_paborjade"
    SHARE = "andel"
    BASE = "bas"  # malgrupp - undantagna

    def of(self, counts: UnitSummary) -> int | None:
        """The number; None for a share of nobody."""
        return _READ[self](counts)


_READ: dict[Measure, Callable[[UnitSummary], int | None]] = {
    Measure.AUDIENCE: attrgetter("audience"),
    Measure.EXEMPT: attrgetter("exempt"),
    Measure.DONE: attrgetter("done"),
    Measure.EXPIRED: attrgetter("expired"),
    Measure.OVERDUE: attrgetter("overdue"),
    Measure.STARTED: attrgetter("started"),
    Measure.NOT_STARTED: attrgetter("not_started"),
    Measure.SHARE: attrgetter("share"),
    Measure.BASE: attrgetter("base"),
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether the goal is reached: `icon` is a symbol of static/img/icons.svg."""

    icon: str
    word: str
    is_late: bool = False  # the goal is missed and its day has passed


@dataclass(frozen=True, slots=True)
class Figure:
    """One target's counts in one unit."""

    target: TargetRow
    counts: UnitSummary
    verdict: Verdict
    as_of: date

    @property
    def goal(self) -> int | None:
        """Share to reach; what is only offered has none."""
        return None if self.target.level == Level.OFFERED else self.target.share

    @property
    def said(self) -> SafeString:
        """The share, for the line of a meter."""
        return shown(self.counts, Measure.SHARE)

    @property
    def of(self) -> SafeString:
        """Done of those who count, for the same line."""
        return shown_of_base(self.counts)

    @property
    def note(self) -> SafeString:
        """Icon, word and deadline, for the line of a meter."""
        due = due_words(self.target)
        return format_html(
            '<span class="{}">{} {}</span>{}',
            "verdict verdict--late" if self.verdict.is_late else "verdict",
            icon(self.verdict.icon),
            self.verdict.word,
            format_html(' · <span class="day">{}</span>', due) if due else "",
        )


def shown(
    counts: UnitSummary, measure: Measure, text: str | None = None, *, day: date | None = None
) -> SafeString:
    """A number of a unit and a target as every page writes it, so that each can be held to the
    summary: `<data value="12" data-unit=… data-target=… data-measure="klara">12</data>`.

    `text`: what the reader sees, where that is not the number as print sets it; `day`: the number
    is of that day as known at its end, not of the page's.
    """
    value = measure.of(counts)
    if text is None:
        text = percent(value) if measure is Measure.SHARE else number(value)
    return _data(_where(counts), measure, value, text, day)


def shown_of_base(counts: UnitSummary) -> SafeString:
    """ "12 of 30": how many are done, of those who count."""
    words = gettext("%(done)s of %(base)s")
    said = {"done": shown(counts, Measure.DONE), "base": shown(counts, Measure.BASE)}
    return SafeString(words % said)  # nosec B703


class CountCell(int):
    """A number of a unit and a target in a chart's table: in a file a number, on a page `shown`."""

    counts: UnitSummary
    measure: Measure
    day: date | None

    def __new__(cls, counts: UnitSummary, measure: Measure, day: date | None = None) -> "CountCell":
        """Raises ValueError for a share of nobody, which is no number."""
        value = measure.of(counts)
        if value is None:
            raise ValueError(measure)
        made = super().__new__(cls, value)
        made.counts, made.measure, made.day = counts, measure, day
        return made

    def __html__(self) -> SafeString:
        return shown(self.counts, self.measure, day=self.day)


def count_cell(counts: UnitSummary, measure: Measure, day: date | None = None) -> CountCell | None:
    """The cell; None for a share of nobody."""
    return None if measure.of(counts) is None else CountCell(counts, measure, day)


def _where(counts: UnitSummary) -> tuple[str, str, str]:
    return counts.unit, counts.target, counts.area


def _data(
    where: tuple[str, str, str],
    measure: Measure,
    value: int | None,
    text: str,
    day: date | None = None,
) -> SafeString:
    said = "" if value is None else value
    when = f' data-day="{day.isoformat()}"' if day else ""
    begun = f'<data value="{said}"{_of(where)}{when} data-measure="{measure.value}">'
    return SafeString(f"{begun}{escape(text)}</data>")  # nosec B703


@lru_cache(maxsize=KEPT)
def _of(where: tuple[str, str, str]) -> SafeString:
    unit, target, area = where
    narrowed = format_html(' data-area="{}"', area) if area else ""
    return format_html(' data-unit="{}" data-target="{}"{}', unit, target, narrowed)


def figure_cell(found: Figure | None) -> SafeString:
    """A figure in a table of targets × units: share, how many of how many, and the verdict.

    Such a table has hundreds: each wording is made once a process (as of icons), and is nobody's.
    """
    if found is None:
        return NO_FIGURE
    counts, verdict = found.counts, found.verdict
    language = get_language()
    numbers = (counts.share, counts.done, counts.base)
    words = _counted(_where(counts), numbers, verdict.is_late, language)
    if found.target.level == Level.OFFERED and counts.met is not None:
        return words
    return SafeString(words + _verdict(verdict, language))  # nosec B703


@lru_cache(maxsize=KEPT)
def _counted(
    where: tuple[str, str, str],
    numbers: tuple[int | None, int, int],
    is_late: bool,
    _language: str | None,
) -> SafeString:
    share, done, base = numbers
    counted = gettext("%(done)s of %(base)s") % {
        "done": _data(where, Measure.DONE, done, number(done)),
        "base": _data(where, Measure.BASE, base, number(base)),
    }
    return format_html(
        '<span class="overview__share{}">{}</span><span class="second">{}</span>',
        " cell--short" if is_late else "",
        _data(where, Measure.SHARE, share, percent(share)),
        SafeString(counted),  # nosec B703
    )


@lru_cache(maxsize=KEPT)
def _verdict(verdict: Verdict, _language: str | None) -> SafeString:
    return format_html(
        '<span class="second verdict{}">{} {}</span>',
        " verdict--late" if verdict.is_late else "",
        icon(verdict.icon),
        verdict.word,
    )


def in_order(target: TargetRow) -> tuple[bool, str, str]:
    """Targets stand by the programme's goals; what is only offered comes last."""
    return target.level == Level.OFFERED, target.programme_goal, target.code


def figure(target: TargetRow, counts: UnitSummary, as_of: date) -> Figure:
    """The counts with their verdict on the day."""
    return Figure(target, counts, verdict(target, counts.met, as_of), as_of)


def verdict(target: TargetRow, met: bool | None, as_of: date) -> Verdict:
    """In a word: reached, not reached, or nobody to count; what is only offered has no goal."""
    if met is None:
        return Verdict("exempt", gettext("all exempt"))
    if target.level == Level.OFFERED:
        return Verdict("info", pgettext("target", "offered"))
    if met:
        return Verdict("done", pgettext("goal", "reached"))
    late = target.due_on is not None and target.due_on < as_of
    return Verdict("overdue" if late else "not-started", pgettext("goal", "not reached"), late)


def level_words(target: TargetRow) -> str:
    """What is less than a requirement, in a word; empty for a requirement."""
    match target.level:
        case Level.OFFERED:
            return pgettext("target", "offered")
        case Level.SHOULD:
            return pgettext("target", "recommended")
        case _:
            return ""


def due_words(target: TargetRow) -> str:
    """The target's deadline as a line says it; empty without one."""
    if target.due_on is None or target.level == Level.OFFERED:
        return ""
    return gettext("by %(day)s") % {"day": swedish_date(target.due_on)}
