"""In any small city, a protected name stands on no page of those who may not see it."""

from datetime import date

import time_machine
from django.core.cache import cache
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from tests.factories import account, duty, employ, person, target, unit
from tracking.organisation.models import DutyRole, Person
from tracking.organisation.rules import visible_to

TODAY = date(2024, 5, 15)
UNITS = ("STAD", "SDN", "A", "A1")
SOMEBODY = st.tuples(
    st.sampled_from(UNITS), st.booleans(), st.booleans(), st.sampled_from([None, None, *DutyRole])
)
PAGES = (
    "/medarbetare/",
    "/medarbetare/?sortera=enhet",
    "/medarbetare/?namn=hemlig",
    "/medarbetare/?datum=2023-01-01",
    "/medarbetare/export/csv/",
    "/uppfoljning/",
    *(f"/medarbetare/?enhet={code}" for code in UNITS),
    *(f"/uppfoljning/?enhet={code}" for code in UNITS),
)


class TestIsolation(TestCase):
    @settings(max_examples=30, deadline=None)
    @given(st.lists(SOMEBODY, min_size=2, max_size=5))
    def test_names_stand_only_where_they_may(
        self, staff: list[tuple[str, bool, bool, str | None]]
    ) -> None:
        cache.clear()
        for above, code in zip(("", *UNITS), UNITS, strict=False):
            unit(code, above)
        target()
        people = []
        for number, (code, manages, protected, role) in enumerate(staff):
            who = person(f"Nr{number}Hemlig", protected=protected)
            employ(who, code, is_manager=manages)
            if role:
                duty(who, DutyRole(role), code)
            people.append(who)
        with time_machine.travel("2024-05-15 12:00:00+02:00", tick=False):
            for reader in people:
                self._look(reader, people)

    def _look(self, reader: Person, people: list[Person]) -> None:
        user = account(reader)
        may_see = visible_to(user, TODAY).by_name
        client = Client()
        client.force_login(user)
        for page in (*PAGES, *(f"/medarbetare/{who.public_id}/" for who in people)):
            text = client.get(page).content.decode()
            for who in people:
                if who.pk not in may_see:
                    assert who.last_name not in text, page
                    if not page.endswith(f"{who.public_id}/"):
                        assert str(who.public_id) not in text, page
