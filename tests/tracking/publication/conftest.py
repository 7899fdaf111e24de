"""A city with a large district, two small ones and a company; its period is closed."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
import time_machine
from django.core.cache import cache

from tests.factories import account, batch, duty, person, target, unit
from tracking.ledger.models import Completion, CompletionSource
from tracking.organisation.models import DutyRole, Employment, Person, UnitKind
from tracking.scorecards.committees import committees_of
from tracking.scorecards.frozen import figures_to_freeze
from tracking.scorecards.making import make_periods
from tracking.scorecards.models import PeriodClosing, ReportingPeriod
from tracking.scorecards.signing import close_period

TODAY = date(2026, 9, 10)
NOW = datetime(2026, 9, 10, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    cache.clear()
    with time_machine.travel("2026-09-10 11:00:00+02:00", tick=False):
        yield


def staff(unit_code: str, people: int, done: int, key: str = "") -> None:
    """So many people in the unit, so many of whom have taken the course."""
    keys = [f"{unit_code}{key}-{number}" for number in range(people)]
    Person.objects.bulk_create(Person(person_id=key, first_name=key) for key in keys)
    rows = list(Person.objects.filter(person_id__in=keys).order_by("pk"))
    Employment.objects.bulk_create(
        Employment(
            person=one,
            unit_code=unit_code,
            position="handläggare",
            valid_from=date(2020, 1, 1),
            batch_in=batch(),
        )
        for one in rows
    )
    Completion.objects.bulk_create(
        Completion(
            person=one,
            course_code="KURS",
            on=date(2026, 2, 1),
            source=CompletionSource.IMPORT,
            batch_in=batch(),
        )
        for one in rows[:done]
    )


@pytest.fixture
def city(db: None) -> dict[str, Person]:
    unit("STAD")
    unit("SN", "STAD", UnitKind.COMMITTEE)
    unit("SDN-1", "STAD", UnitKind.DISTRICT_COMMITTEE)
    unit("SDN-2", "STAD", UnitKind.DISTRICT_COMMITTEE)
    unit("BF", "STAD", UnitKind.COMPANY)
    unit("E-1", "SDN-1")
    staff("E-1", 40, 13)
    staff("SDN-2", 25, 25)
    staff("SN", 3, 1)
    staff("BF", 30, 30)
    people = {key: person(key, key.capitalize()) for key in ("coordinator", "auditor", "contact")}
    duty(people["coordinator"], DutyRole.COORDINATOR, "STAD")
    duty(people["auditor"], DutyRole.AUDITOR, "STAD")
    duty(people["contact"], DutyRole.KEY_CONTACT, "SDN-1")
    target("T1", audience="befattning=handläggare")
    target("T2", audience="enhet=E-1; befattning=handläggare")
    make_periods(on=TODAY)
    return people


@pytest.fixture
def period(city: dict[str, Person]) -> ReportingPeriod:
    return ReportingPeriod.objects.get(code="2026-T2")


@pytest.fixture
def closing(city: dict[str, Person], period: ReportingPeriod) -> PeriodClosing:
    committees = committees_of(period, TODAY)
    frozen = figures_to_freeze(period, [one.code for one in committees], now=NOW)
    return close_period(
        period=period,
        committees=committees,
        frozen=frozen,
        actor=account(city["coordinator"]),
        now=NOW,
        on=TODAY,
    )
