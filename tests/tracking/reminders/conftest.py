"""A city where somebody is due, somebody is done, and somebody may not be seen."""

from collections.abc import Callable, Iterator
from datetime import date

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client

from tests.factories import account, completion, duty, employ, person, target, unit
from tracking.organisation.models import DutyRole, Person, UnitKind

City = dict[str, Person]
SignIn = Callable[[Person], Client]
# A Tuesday, in working hours.
NOW = "2026-03-10 10:00:00+01:00"
TODAY = date(2026, 3, 10)


@pytest.fixture(autouse=True)
def _now() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def city(db: None) -> City:
    cache.clear()
    unit("STAD")
    unit("SDN", "STAD", UnitKind.DISTRICT_COMMITTEE)
    unit("EB", "SDN")
    unit("EC", "SDN")
    names = ("anna", "bo", "cilla", "dan", "chef", "samordnare", "revisor", "nyckelperson")
    people = {name: person(name) for name in names}
    people["hemlig"] = person("hemlig", protected=True)
    for name in ("anna", "bo", "cilla", "hemlig"):
        employ(people[name], "EB")
    employ(people["dan"], "EC")
    employ(people["chef"], "EB", is_manager=True)
    duty(people["samordnare"], DutyRole.COORDINATOR, "STAD")
    duty(people["revisor"], DutyRole.AUDITOR, "STAD")
    duty(people["nyckelperson"], DutyRole.KEY_CONTACT, "SDN")
    for who in people.values():
        who.email = f"{who.person_id}@exempel.se"
        who.save()
    target(due_on=date(2026, 3, 20))
    completion(people["bo"], date(2026, 1, 10))
    return people


@pytest.fixture
def signed_in() -> SignIn:
    def sign_in(who: Person) -> Client:
        client = Client()
        client.force_login(account(who))
        return client

    return sign_in
