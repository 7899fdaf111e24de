"""What the address of a report asks for: the day, the unit, and what to carry on to the next."""

from collections.abc import Callable, Collection
from datetime import date
from typing import NamedTuple

from django.http import HttpRequest, QueryDict

from foundation.intervals import today
from foundation.jobs.progress import UNWATCHED, Steps
from tracking.organisation.queries import OrganisationDay, organisation_on
from tracking.organisation.rules import PersonScope, UnitScope
from tracking.reports.forms import AsOfForm, StaffFilterForm, Units
from tracking.reports.staff import StaffReport, StaffRow, selected, staff_report

FILTERS = ("namn", "underenhet", "befattning", "status", "forsenade", "sortera")
LIST = ("enhet", "datum", *FILTERS, "sida")


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


def asked_unit(query: QueryDict, scope: PersonScope) -> AsOfForm:
    """The day and the unit whose people the address asks for."""
    wanted = query.get("enhet", "")
    units_on = _units(scope, scope.managed, wanted, scope.sees_staff_of)
    return AsOfForm(query, units_on=units_on, today=today())


def asked_staff(query: QueryDict, scope: PersonScope, steps: Steps = UNWATCHED) -> Asked:
    """The staff report the address asks for, as far as it can be answered."""
    form = asked_unit(query, scope)
    if not form.is_valid() or not form.cleaned_data["enhet"]:
        return Asked(form)
    report = staff_report(scope, form.cleaned_data["enhet"], form.cleaned_data["datum"], steps)
    filters = StaffFilterForm(query, report=report)
    rows = selected(report, filters.filters) if filters.is_valid() else []
    return Asked(form, report, filters, rows)


def asked_figures(request: HttpRequest, scope: UnitScope) -> AsOfForm:
    """The day and the unit whose figures the address asks for."""
    wanted = request.GET.get("enhet", "")
    units_on = _units(scope, scope.followed, wanted, scope.sees_figures_of)
    return AsOfForm(request.GET, units_on=units_on, today=today())


def carried(asked: QueryDict, names: Collection[str]) -> QueryDict:
    """These parameters of an address, to be taken along."""
    taken = QueryDict(mutable=True)
    for name in names:
        if name in asked:
            taken[name] = str(asked[name])
    return taken


def _units(
    scope: UnitScope, own: tuple[str, ...], wanted: str, may_see: Callable[[str], bool]
) -> Callable[[date], Units]:
    """Choices on a day: the reader's own units as they stood then, and the one asked for."""

    def on(day: date) -> Units:
        then = scope.tree if day == scope.on else organisation_on(day)
        codes = list(scope.stood_for(own, then) or own)
        if wanted and _name(wanted, then, scope.tree) and may_see(wanted):
            codes.append(wanted)
        named = ((code, _name(code, then, scope.tree)) for code in dict.fromkeys(codes))
        return [(code, name) for code, name in named if name]

    return on


def _name(code: str, *trees: OrganisationDay) -> str:
    return next((tree.units[code].name for tree in trees if code in tree.units), "")
