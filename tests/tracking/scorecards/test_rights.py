"""Random people in random organisations read, write and sign exactly what the rules say."""

from collections.abc import Iterator
from contextlib import contextmanager

import time_machine
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.extra.django import TestCase

from tests.factories import account
from tests.tracking.organisation.random_organisations import TODAY, lay, organisations
from tests.tracking.organisation.rights_oracle import Oracle, Organisation, Somebody, covers
from tests.tracking.scorecards.making import undertaking
from tracking.organisation.models import Person, Unit, UnitKind
from tracking.organisation.rules import units_visible_to
from tracking.scorecards.choosing import period_at_hand
from tracking.scorecards.committees import committees_of
from tracking.scorecards.making import make_periods
from tracking.scorecards.models import Scorecard
from tracking.scorecards.rules import may_read, may_write

MANY = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
# Pages are slow beside rules, and what fails is said whole.
FEW = settings(MANY, max_examples=2, derandomize=True, phases=(Phase.generate,))


def _signs_for(oracle: Oracle, reader: Somebody, code: str) -> bool:
    """Key contact, today, of the unit that stands in its place, or of one above that."""
    place = oracle.successor(code)
    held = {
        oracle.successor(duty.unit)
        for duty in reader.duties
        if duty.role == "nyckelperson" and covers(duty.days, oracle.all.today)
    }
    return place is not None and any(above in held for above in oracle.upwards(place))


@contextmanager
def _laid(organisation: Organisation) -> Iterator[tuple[dict[str, Person], Oracle]]:
    cache.clear()
    with time_machine.travel("2024-05-15 12:00:00+02:00", tick=False), transaction.atomic():
        yield lay(organisation), Oracle(organisation)
        transaction.set_rollback(True)


class TestRandomOrganisations(TestCase):
    @MANY
    @given(organisations())
    def test_the_rules_are_those_of_the_definition(self, organisation: Organisation) -> None:
        with _laid(organisation) as (people, oracle):
            for reader in organisation.people:
                scope = units_visible_to(account(people[reader.key]), TODAY)
                for row in organisation.units:
                    told = (reader.key, row.code)
                    assert may_write(scope, row.code) == _signs_for(oracle, reader, row.code), told
                    assert may_read(scope, row.code) == oracle.sees_figures_of(reader, row.code), (
                        told
                    )

    @FEW
    @given(organisations().filter(lambda one: len(one.people) < 5))
    def test_the_pages_keep_to_the_rules(self, organisation: Organisation) -> None:
        with _laid(organisation) as (people, oracle):
            root = organisation.units[0].code
            Unit.objects.filter(parent_code=root).update(kind=UnitKind.COMMITTEE)
            make_periods(on=TODAY)
            undertaking("U", recipient_kinds=["namnd"])
            period = period_at_hand(TODAY)
            assert period is not None
            there = {one.code for one in committees_of(period, TODAY)}
            written = set()
            for reader in organisation.people:
                client = Client()
                client.force_login(account(people[reader.key]))
                for code in there:
                    signs = _signs_for(oracle, reader, code)
                    opens = signs or oracle.sees_figures_of(reader, code)
                    page = f"/styrkort/{code}/"
                    assert client.get(page).status_code == (200 if opens else 404)
                    said = client.post(f"{page}kommentar/", {"kommentar": "x", "version": 0})
                    assert (said.status_code in (302, 409)) == signs
                    written |= {code} if signs else set()
            assert set(Scorecard.objects.values_list("committee", flat=True)) == written
