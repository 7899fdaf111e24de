"""A small city whose pages are looked at, and readers signed in."""

from collections.abc import Callable, Iterator
from datetime import date

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client

from tests.factories import duty, employ, person, target, unit
from tracking.organisation.models import DutyRole, Person, UnitKind

TODAY = date(2024, 5, 15)


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    cache.clear()
    with time_machine.travel("2024-05-15 12:00:00+02:00", tick=False):
        yield


@pytest.fixture
def city(db: None) -> dict[str, Person]:
    """A district with two units; a manager of each level; a target that was due in March."""
    unit("STAD")
    unit("SDN", "STAD", UnitKind.DISTRICT_COMMITTEE)
    unit("A", "SDN")
    unit("B", "SDN")
    keys = ("boss", "head", "contact", "coordinator", "auditor", "anna", "bo")
    people = {key: person(key, key.capitalize()) for key in keys}
    people["hidden"] = person("hidden", "Hemlig", protected=True)
    employ(people["boss"], "A", is_manager=True, position="enhetschef")
    employ(people["head"], "SDN", is_manager=True, position="direktör")
    employ(people["anna"], "A")
    employ(people["bo"], "B", position="socialsekreterare")
    employ(people["hidden"], "A")
    duty(people["contact"], DutyRole.KEY_CONTACT, "SDN")
    duty(people["coordinator"], DutyRole.COORDINATOR, "STAD")
    duty(people["auditor"], DutyRole.AUDITOR, "STAD")
    target("T1", due_on=date(2024, 3, 31), share=50)
    return people


@pytest.fixture
def signed_in() -> Callable[[Person], Client]:
    def sign_in(who: Person) -> Client:
        client = Client()
        assert who.user is not None
        client.force_login(who.user)
        return client

    return sign_in
