"""A small city whose committees keep scorecards: a committee, two districts, a company."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
import time_machine
from django.core.cache import cache
from django.db import transaction

from tests.factories import completion, duty, employ, person, target, unit
from tests.tracking.scorecards import making
from tracking.organisation.models import DutyRole, Person, UnitKind
from tracking.scorecards.making import make_periods
from tracking.scorecards.models import ReportingPeriod, Undertaking

TODAY = date(2026, 9, 10)
NOW = datetime(2026, 9, 10, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    cache.clear()
    with time_machine.travel("2026-09-10 11:00:00+02:00", tick=False):
        yield


@pytest.fixture
def city(db: None) -> dict[str, Person]:
    """Who reads and writes there; one of the two in SDN-1 has reached the target."""
    with transaction.atomic():
        unit("STAD")
        unit("SN", "STAD", UnitKind.COMMITTEE)
        unit("SDN-1", "STAD", UnitKind.DISTRICT_COMMITTEE)
        unit("SDN-2", "STAD", UnitKind.DISTRICT_COMMITTEE)
        unit("BF", "STAD", UnitKind.COMPANY)
        unit("E-1", "SDN-1")
        keys = ("contact", "other", "coordinator", "auditor", "head", "chief", "staff")
        people = {key: person(key, key.capitalize()) for key in keys}
        people["hidden"] = person("hidden", "Hemlig", protected=True)
        for who in ("staff", "hidden"):
            people[who].email = f"{who}@exempel.se"
            people[who].save()
        employ(people["head"], "SDN-1", is_manager=True, position="stadsdelsdirektör")
        employ(people["chief"], "E-1", is_manager=True, position="enhetschef")
        employ(people["staff"], "E-1")
        employ(people["hidden"], "E-1")
        duty(people["contact"], DutyRole.KEY_CONTACT, "SDN-1")
        duty(people["other"], DutyRole.KEY_CONTACT, "SDN-2")
        duty(people["coordinator"], DutyRole.COORDINATOR, "STAD")
        duty(people["auditor"], DutyRole.AUDITOR, "STAD")
        target("T1", due_on=date(2026, 3, 31), share=50, audience="befattning=handläggare")
        completion(people["staff"], date(2026, 2, 1))
    return people


@pytest.fixture
def period(city: dict[str, Person]) -> ReportingPeriod:
    """The second interim report, whose last day was ten days ago."""
    make_periods(on=TODAY)
    return ReportingPeriod.objects.get(code="2026-T2")


@pytest.fixture
def undertakings(period: ReportingPeriod) -> list[Undertaking]:
    """One of every district, one of everybody, one of the company only."""
    return [
        making.undertaking("U1", recipient_kinds=["stadsdelsnamnd"], goal="3", targets=["T1"]),
        making.undertaking("U2", recipient_kinds=["namnd", "stadsdelsnamnd", "bolag"], goal="6"),
        making.undertaking("U3", recipient_units=["BF"], goal="1"),
    ]
