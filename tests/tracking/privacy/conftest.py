"""A city with a manager, somebody she manages, and an auditor."""

from collections.abc import Callable

import pytest
from django.core.cache import cache
from django.test import Client

from tests.factories import account, duty, employ, person, target, unit
from tracking.organisation.models import DutyRole, Person, UnitKind

City = dict[str, Person]
SignIn = Callable[[Person], Client]


@pytest.fixture
def city(db: None) -> City:
    cache.clear()
    unit("STAD")
    unit("SDN", "STAD", UnitKind.DISTRICT_COMMITTEE)
    unit("EB", "SDN")
    people = {name: person(name) for name in ("anna", "bo", "chef", "samordnare", "revisor")}
    people["hemlig"] = person("hemlig", protected=True)
    for name in ("anna", "bo", "hemlig"):
        employ(people[name], "EB")
    employ(people["chef"], "EB", is_manager=True)
    duty(people["samordnare"], DutyRole.COORDINATOR, "STAD")
    duty(people["revisor"], DutyRole.AUDITOR, "STAD")
    target()
    return people


@pytest.fixture
def signed_in() -> SignIn:
    def sign_in(who: Person) -> Client:
        client = Client()
        client.force_login(account(who))
        return client

    return sign_in
