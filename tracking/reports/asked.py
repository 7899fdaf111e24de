"""What the address of a report asks for: the day, the unit, and what to carry on to the next."""

from collections.abc import Callable, Collection
from datetime import date, datetime
from typing import NamedTuple

from django.http import QueryDict

from foundation.facts import batch_at
from foundation.intervals import today
from foundation.jobs.progress import UNWATCHED, Steps
from tracking.organisation.queries import OrganisationDay, organisation_on
from tracking.organisation.rules import PersonScope, UnitScope
from tracking.reports.forms import AsOfForm, FiguresForm, StaffFilterForm, Units
from tracking.reports.staff import StaffReport, StaffRow, selected, staff_report
from tracking.status.figures import Figures, NotCounted, figures
from tracking.targets.expressions import folded

STANDING = ("datum", "kand")
NARROWING = ("namn", "underenhet", "omrade", "befattning", "mal", "status", "forsenade")
FILTERS = (*NARROWING, "grupp", "antal", "vy", "sortera")
LIST = ("enhet", *STANDING, *FILTERS, "sida")
# A list's own target goes by another name on the pages it leads to, which have theirs.
ITS_TARGET = "listans_mal"
PASSED = tuple(ITS_TARGET if name == "mal" else name for name in LIST)
WHY = (*PASSED, "mal")
FIGURES = (*STANDING, "enhet", "omrade", "programmal", "niva")

Trees = Callable[[date, datetime | None], OrganisationDay]


class Asked(NamedTuple):
    """What the address of a staff report asks for; without `report` it could not be answered."""

    form: AsOfForm
    report: StaffReport | None = None
    filters: StaffFilterForm | None = None
    rows: list[StaffRow] = []

    @property
    def unit_name(self) -> str:
        """The unit as it is called on the day, or today where it did not exist then."""
        return dict(self.form.units).get(self.report.unit, "") if self.report else ""


class AskedFigures(NamedTuple):
    """What the address of a report of figures asks for; the rest only of a valid form.

    Without `figures` the day is not kept, and counting it takes longer than a reader waits.
    """

    form: FiguresForm
    figures: Figures | None

    @property
    def unit(self) -> str:
        """Its code; empty where the reader has none."""
        return str(self.form.cleaned_data["enhet"])

    @property
    def unit_name(self) -> str:
        """The unit as it is called on the day, or today where it did not exist then."""
        return dict(self.form.units).get(self.unit, self.unit)

    @property
    def area(self) -> str:
        """The business area, folded; empty for all."""
        return folded(self.form.cleaned_data["omrade"])

    @property
    def area_name(self) -> str:
        """The business area as written."""
        names = self.figures.area_names if self.figures else {}
        return names.get(self.area, str(self.form.cleaned_data["omrade"]))

    @property
    def goal(self) -> str:
        """The programme's goal; empty for all."""
        return str(self.form.cleaned_data["programmal"])

    @property
    def level(self) -> str:
        """How binding the targets are; empty for all."""
        return str(self.form.cleaned_data["niva"])


def asked_unit(query: QueryDict, scope: PersonScope) -> AsOfForm:
    """The day and the unit whose people the address asks for."""
    wanted = query.get("enhet", "")
    units_on = _units(scope, scope.managed, wanted, scope.sees_staff_of, _tree_on(scope))
    return AsOfForm(query, units_on=units_on, today=today())


def asked_staff(query: QueryDict, scope: PersonScope, steps: Steps = UNWATCHED) -> Asked:
    """The staff report the address asks for, as far as it can be answered."""
    form = asked_unit(query, scope)
    if not form.is_valid() or not form.cleaned_data["enhet"]:
        return Asked(form)
    said = form.cleaned_data
    report = staff_report(
        scope,
        said["enhet"],
        said["datum"],
        known_at=form.known_at,
        area=folded(query.get("omrade", "")),
        steps=steps,
    )
    filters = StaffFilterForm(query, report=report)
    rows = selected(report, filters.filters) if filters.is_valid() else []
    return Asked(form, report, filters, rows)


def asked_figures(
    query: QueryDict,
    scope: UnitScope,
    *,
    own: bool = False,
    of: type[FiguresForm] = FiguresForm,
) -> AskedFigures:
    """The day, the knowledge and the unit whose figures the address asks for.

    `own`: the units the reader manages may be chosen among, beside those they follow up; `of`: a
    form that asks for more.
    """
    found: list[Figures] = []

    def tree_on(day: date, known_at: datetime | None) -> OrganisationDay:
        try:
            found.append(figures(as_of=day, known_at=known_at, wait=False))
        except NotCounted:
            return organisation_on(day, batch_at(known_at))
        return found[0].tree

    wanted = query.get("enhet", "")
    units = tuple(dict.fromkeys((*scope.followed, *(scope.managed if own else ()))))
    units_on = _units(scope, units, wanted, scope.sees_figures_of, tree_on)
    form = of(query, units_on=units_on, today=today())
    return AskedFigures(form, found[0] if found else None)


def carried(asked: QueryDict, names: Collection[str]) -> QueryDict:
    """These parameters of an address, to be taken along."""
    taken = QueryDict(mutable=True)
    for name in names:
        if name in asked:
            taken[name] = str(asked[name])
    return taken


def onward(asked: QueryDict) -> QueryDict:
    """A list's address as the pages of its people take it along."""
    return _renamed(carried(asked, LIST), "mal", ITS_TARGET)


def returning(asked: QueryDict) -> QueryDict:
    """The list's address again, from a page it led to."""
    return _renamed(carried(asked, PASSED), ITS_TARGET, "mal")


def _renamed(query: QueryDict, old: str, new: str) -> QueryDict:
    if old in query:
        query[new] = str(query[old])
        del query[old]
    return query


def _tree_on(scope: UnitScope) -> Trees:
    """The organisation on a day; that of today is known already."""

    def on(day: date, known_at: datetime | None) -> OrganisationDay:
        if day == scope.on and known_at is None:
            return scope.tree
        return organisation_on(day, batch_at(known_at))

    return on


def _units(
    scope: UnitScope,
    own: tuple[str, ...],
    wanted: str,
    may_see: Callable[[str], bool],
    tree_on: Trees,
) -> Callable[[date, datetime | None], Units]:
    """Choices on a day: the reader's own units as they stood then, and the one asked for."""

    def on(day: date, known_at: datetime | None) -> Units:
        then = tree_on(day, known_at)
        codes = list(scope.stood_for(own, then) or own)
        if wanted and _name(wanted, then, scope.tree) and may_see(wanted):
            codes.append(wanted)
        named = ((code, _name(code, then, scope.tree)) for code in dict.fromkeys(codes))
        return [(code, name) for code, name in named if name]

    return on


def _name(code: str, *trees: OrganisationDay) -> str:
    return next((tree.units[code].name for tree in trees if code in tree.units), "")
