"""What the address of a comparison asks for: two reports on a unit."""

from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from typing import NamedTuple

from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from foundation.components.dates import swedish_date
from foundation.components.fields import DayField, MomentField
from foundation.facts import FactBatch, batch_at
from foundation.intervals import STOCKHOLM, today
from tracking.organisation.rules import UnitScope
from tracking.reports.asked import AskedFigures, asked_figures, carried
from tracking.reports.choices import Choice, changed, report_days
from tracking.reports.comparison.words import side_words
from tracking.reports.forms import FiguresForm, refuse_to_come
from tracking.status.compare.comparison import Comparing, Side
from tracking.status.figures import Figures, NotCounted, figures

ADDRESS = ("enhet", "omrade", "datum", "kand", "jamfor", "jamfor_kand")


class ComparisonForm(FiguresForm):
    """Two reports: the one asked for as everywhere, and the one it is compared with."""

    jamfor = DayField(label=_("As of"), required=False)
    jamfor_kand = MomentField(
        label=_("As known on"), help_text=_("Empty: with what is known today."), required=False
    )

    field_order: tuple[str, ...] = ("jamfor", "jamfor_kand", "datum", "kand", "enhet")

    def clean_jamfor(self) -> date:
        """The same day when left out; a day to come has no answer yet."""
        day: date = self.cleaned_data["jamfor"] or self.as_of
        refuse_to_come(day, self.today)
        return day

    def clean_jamfor_kand(self) -> datetime | None:
        """None when left out: with what is known now."""
        moment: datetime | None = self.cleaned_data["jamfor_kand"]
        if moment is not None:
            refuse_to_come(moment.astimezone(STOCKHOLM).date(), self.today)
        return moment


@dataclass(frozen=True, slots=True)
class AskedComparison:
    """Only of a valid form. Figures that take long to count are None until a job has done it."""

    of: AskedFigures
    before: Side
    after: Side
    first: Figures | None

    @property
    def last(self) -> Figures | None:
        """The report compared with the first."""
        return self.of.figures

    def comparing(self, targets: list[str] | None = None) -> Comparing:
        """The comparison asked for; `targets`: only these."""
        return Comparing(
            self.before,
            self.after,
            unit=self.of.unit,
            area=self.of.area or None,
            targets=targets,
        )

    @property
    def said(self) -> tuple[str, str]:
        """Both reports in words."""
        told = self.of.form.cleaned_data
        return (
            side_words(told["jamfor"], told["jamfor_kand"], today()),
            side_words(told["datum"], told["kand"], today()),
        )


def asked_comparison(
    query: QueryDict, scope: UnitScope
) -> tuple[FiguresForm, AskedComparison | None]:
    """The form, and the comparison where the form is valid."""
    asked = asked_figures(with_defaults(query), scope, own=True, of=ComparisonForm)
    if not asked.form.is_valid() or not asked.unit:
        return asked.form, None
    told = asked.form.cleaned_data
    try:
        first = figures(as_of=told["jamfor"], known_at=told["jamfor_kand"], wait=False)
    except NotCounted:
        first = None
    before = _side(told["jamfor"], told["jamfor_kand"], first)
    after = _side(told["datum"], told["kand"], asked.figures)
    return asked.form, AskedComparison(asked, before, after, first)


def _side(as_of: date, known_at: datetime | None, counted: Figures | None) -> Side:
    if counted is not None:
        return Side(as_of, counted.stand.batch)
    batch = batch_at(timezone.now() if known_at is None else known_at)
    return Side(as_of, batch or 0)


def with_defaults(query: QueryDict) -> QueryDict:
    """The address, with a report to compare with where it names none.

    A past day is compared with what was known of it then; today with the latest report.
    """
    asked = query.copy()
    if asked.get("jamfor") or asked.get("jamfor_kand"):
        return asked
    day, known = asked.get("datum", ""), asked.get("kand", "")
    if day and day != today().isoformat():
        asked["jamfor"], asked["jamfor_kand"] = day, known or day
        asked.pop("kand", None)
    else:
        asked["jamfor"] = asked["jamfor_kand"] = report_days(today())[0].isoformat()
    return asked


def pinned(query: QueryDict, asked: AskedComparison) -> QueryDict:
    """The address of this very comparison, whatever is recorded from now on."""
    taken = carried(with_defaults(query), ADDRESS)
    taken["enhet"] = asked.of.unit
    for day, known, side in (
        ("jamfor", "jamfor_kand", asked.before),
        ("datum", "kand", asked.after),
    ):
        taken[day] = side.as_of.isoformat()
        moment = FactBatch.objects.filter(pk=side.batch).values_list("recorded_at", flat=True)
        if not taken.get(known) and moment:
            taken[known] = moment[0].isoformat()
    return taken


class Ready(NamedTuple):
    """A row of comparisons ready to be chosen."""

    label: str
    choices: list[Choice]


def ready(query: QueryDict, now: date) -> list[Ready]:
    """What became known of a report since; what has happened since; from one report to the next."""
    days = report_days(now)
    asked = with_defaults(query)

    def choice(label: str, first: date, last: date | None, known: date | None) -> Choice:
        said = {
            "jamfor": first.isoformat(),
            "jamfor_kand": first.isoformat(),
            "datum": last.isoformat() if last else None,
            "kand": known.isoformat() if known else None,
        }
        current = all((asked.get(name) or None) == value for name, value in said.items())
        return Choice(label, changed(query, orsak=None, **said), current)

    later = [choice(swedish_date(day), day, day, None) for day in days]
    since = [choice(swedish_date(day), day, None, None) for day in days]
    between = [
        choice(
            gettext("%(first)s to %(last)s")
            % {"first": swedish_date(first), "last": swedish_date(last)},
            first,
            last,
            last,
        )
        for last, first in pairwise(days)
    ]
    return [
        Ready(gettext("Entered later"), later),
        Ready(gettext("Up to today"), since),
        Ready(gettext("Between reports"), between),
    ]
