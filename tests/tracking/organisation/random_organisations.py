"""Random small organisations with everything that rights turn on, and how to lay them down."""

from datetime import date, timedelta

from hypothesis import strategies as st

from tests.factories import LONG_AGO, batch, employ, person, unit
from tests.tracking.organisation.rights_oracle import (
    Days,
    Held,
    Organisation,
    Somebody,
    UnitRow,
    Work,
)
from tracking.organisation.models import Absence, Duty, DutyRole, Person, UnitKind

TODAY = date(2024, 5, 15)
YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)
# Where mistakes of a day show: ended yesterday, last day today, first day today, tomorrow.
LIVES: tuple[Days, ...] = (
    *[(LONG_AGO, None)] * 6,
    (LONG_AGO, TOMORROW),
    (LONG_AGO, TODAY),
    (TODAY, None),
    (TODAY, TODAY),
    (LONG_AGO, YESTERDAY),
    (TOMORROW, None),
)
ROLES = ("chef", "stallforetradare", "stallforetradare", "nyckelperson", "samordnare", "revisor")
NOWHERE = "OKÄND"  # HR is ahead of the organisation


@st.composite
def units(draw: st.DrawFn) -> tuple[UnitRow, ...]:
    """A tree whose parents stand as long as their children; some have ended, into a chain."""
    found = [UnitRow("U0", "", (LONG_AGO, None))]
    standing = ["U0"]
    for number in range(1, draw(st.integers(2, 6)) + 1):
        code = f"U{number}"
        parent = draw(st.sampled_from(standing))
        ended = draw(st.integers(0, 3)) == 0
        if ended:
            earlier = [row.code for row in found if row.code != "U0"]
            successor = draw(st.sampled_from(["", *earlier, *earlier]))
            found.append(UnitRow(code, "U0", (LONG_AGO, YESTERDAY), successor))
        else:
            standing.append(code)
            found.append(UnitRow(code, parent, (LONG_AGO, None)))
    if draw(st.booleans()):
        found.append(UnitRow("UNY", "U0", (TOMORROW, None)))
    return tuple(found)


@st.composite
def organisations(draw: st.DrawFn) -> Organisation:
    """Two to six people; at least one leads something and at least one is protected."""
    rows = draw(units())
    codes = st.sampled_from([*(row.code for row in rows), NOWHERE])
    days = st.sampled_from(LIVES)
    works = st.lists(
        st.builds(Work, codes, days, st.booleans()), max_size=2, unique_by=lambda work: work.unit
    )
    duties = st.lists(
        st.builds(Held, st.sampled_from(ROLES), codes, days),
        max_size=2,
        unique_by=lambda held: (held.role, held.unit),
    )
    people = [
        Somebody(
            f"P{number}",
            tuple(draw(works)),
            tuple(draw(duties)) if draw(st.booleans()) else (),
            protected=number == 0 or draw(st.integers(0, 3)) == 0,
            on_leave=draw(st.integers(0, 3)) == 0,
        )
        for number in range(draw(st.integers(2, 6)))
    ]
    return Organisation(TODAY, rows, tuple(people))


def lay(organisation: Organisation) -> dict[str, Person]:
    """Write it as facts; the people by their keys, each with an account."""
    for row in organisation.units:
        first, end = _half_open(row.days)
        kind = UnitKind.PROVIDER if row.code == "U2" else UnitKind.DEPARTMENT
        unit(row.code, row.parent, kind, since=first, until=end, replaced_by=row.replaced_by)
    people = {}
    for one in organisation.people:
        who = people[one.key] = person(one.key, protected=one.protected)
        for work in one.works:
            first, end = _half_open(work.days)
            employ(who, work.unit, is_manager=work.is_manager, since=first, until=end)
        for held in one.duties:
            first, end = _half_open(held.days)
            Duty.objects.create(
                person=who,
                role=DutyRole(held.role),
                unit_code=held.unit,
                valid_from=first,
                valid_to=end,
                batch_in=batch(),
            )
        if one.on_leave:
            Absence.objects.create(person=who, valid_from=LONG_AGO, batch_in=batch())
    return people


def _half_open(days: Days) -> tuple[date, date | None]:
    first, last = days
    return first, last + timedelta(days=1) if last else None
