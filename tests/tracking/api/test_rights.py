"""On random organisations a key shows exactly what STATUS.md 6 says its holder sees.

And nobody who is protected, to anybody: not even to their nearest manager (docs/adr/0005).
"""

from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.utils import timezone
from hypothesis import HealthCheck, given, note, settings
from hypothesis.extra.django import TestCase

from foundation.brake import Brake
from tests.contracts.canaries import ORGANISATION, canary_city
from tests.contracts.crawler import said_by
from tests.factories import account, target
from tests.tracking.api.conftest import Program
from tests.tracking.organisation.random_organisations import NOWHERE, TODAY, lay, organisations
from tests.tracking.organisation.rights_oracle import Oracle, Organisation, Somebody
from tracking.api.actions import digest_of
from tracking.api.models import ApiKey
from tracking.audit.models import AuditEntry, AuditEvent, AuditSubject
from tracking.organisation.models import Person, User

OF_UNITS = ("summary", "status", "units")
READERS = (
    "chef",
    "stallforetradare",
    "skyddad-chef",
    "stadsdelschef",
    "utforarchef",
    "nyckelperson",
    "samordnare",
    "avgangen",
)
NOON = "2024-05-15 12:00:00+02:00"
TABLES = ("summary", "status", "units", "targets", "courses", "areas")


def any_key(user: User, number: int) -> Program:
    """A key of whoever it is: also of somebody whose duty has ended since it was made."""
    key = f"kmv_prov{number}_hemlig"
    ApiKey.objects.create(
        holder=user,
        name="prov",
        prefix=f"kmv_prov{number}",
        digest=digest_of(key),
        opens_people=True,
        made_at=timezone.now(),
        expires_on=TODAY,
    )
    return Program(key)


def leads_somebody(oracle: Oracle, who: Somebody) -> bool:
    """Whether a duty of today is over people, wherever its unit has gone."""
    today = oracle.all.today
    days = [work.days for work in who.works if work.is_manager]
    roles = ("chef", "stallforetradare", "samordnare")
    days += [held.days for held in who.duties if held.role in roles]
    return any(first <= today and (last is None or today <= last) for first, last in days)


def follows_something(oracle: Oracle, who: Somebody) -> bool:
    return any(oracle.holds(who, role) for role in ("nyckelperson", "samordnare", "revisor"))


class TestAgainstTheOracle(TestCase):
    @settings(
        max_examples=10,
        deadline=None,
        derandomize=True,
        suppress_health_check=[HealthCheck.too_slow],
    )
    @given(organisations())
    def test_people_units_and_figures(self, organisation: Organisation) -> None:
        with time_machine.travel(NOON, tick=False):
            cache.clear()
            people, oracle = lay(organisation), Oracle(organisation)
            target()
            for number, reader in enumerate(organisation.people):
                note(f"{reader} asks")
                Brake.objects.all().delete()
                program = any_key(account(people[reader.key]), number)
                self._people(program, oracle, reader)
                self._units(program, oracle, reader)

    def _people(self, program: Program, oracle: Oracle, reader: Somebody) -> None:
        everybody = oracle.all.people
        if not leads_somebody(oracle, reader):
            assert program.get("status").status_code == 403
            return
        shown = {who.key for who in everybody if oracle.sees(reader, who) and not who.protected}
        there = {who.key: oracle.works(who) for who in everybody if oracle.works(who)}
        assert self._keys(program, {}) == sorted(shown & set(there))
        for code in (*(row.code for row in oracle.all.units), NOWHERE):
            if not oracle.sees_staff_of(reader, code) or code == NOWHERE:
                assert program.get("status", {"unit": code}).status_code == 404
                continue
            inside = {
                key for key, homes in there.items() if any(code in oracle.upwards(h) for h in homes)
            }
            assert self._keys(program, {"unit": code}) == sorted(shown & inside)

    def _keys(self, program: Program, asked: dict[str, Any]) -> list[str]:
        return [row["person_id"] for row in program.rows("status", asked)]

    def _units(self, program: Program, oracle: Oracle, reader: Somebody) -> None:
        if not leads_somebody(oracle, reader) and not follows_something(oracle, reader):
            assert {program.get(name).status_code for name in TABLES} == {403}
            return
        standing = [row.code for row in oracle.all.units if oracle.stands(row.code)]
        seen = sorted(code for code in standing if oracle.sees_figures_of(reader, code))
        assert [row["kod"] for row in program.rows("units")] == seen
        there = {
            above
            for who in oracle.all.people
            for home in oracle.works(who)
            for above in oracle.upwards(home)
        }
        summary = program.rows("summary")
        assert [row["enhet"] for row in summary] == [code for code in seen if code in there]
        for row in summary:
            inside = [
                who
                for who in oracle.all.people
                if any(row["enhet"] in oracle.upwards(home) for home in oracle.works(who))
            ]
            assert row["malgrupp"] == len(inside)  # the protected too


@pytest.mark.django_db
def test_nobody_protected_stands_in_any_answer() -> None:
    with time_machine.travel(NOON, tick=False):
        canaries, oracle = canary_city(), Oracle(ORGANISATION)
        protected = {one.key for one in ORGANISATION.people if one.protected}
        seen: set[str] = set()
        readers = [one for one in ORGANISATION.people if one.key in READERS]
        for number, reader in enumerate(readers):
            program = any_key(canaries.account(reader.key), number)
            answers = [
                program.get(f"{name}{ending}", asked)
                for name in TABLES
                for ending in ("", ".csv")
                for asked in ({}, {"unit": "EB"} if name in OF_UNITS else {"as_of": "2024-05-14"})
            ]
            text = "\n".join(said_by(answer) for answer in answers)
            found = set(canaries.given_away_in(text))
            assert not found & protected
            others = {one.key for one in ORGANISATION.people if oracle.sees(reader, one)}
            assert found <= others
            seen |= found
        assert {"kollega", "stallforetradare", "utforare"} <= seen
        logged = AuditSubject.objects.filter(entry__event=AuditEvent.STATUS_FETCHED)
        assert not logged.filter(person__protected=True).exists()


@pytest.mark.django_db
def test_the_number_of_protected_people_is_told_of_a_district_and_of_nothing_narrower() -> None:
    with time_machine.travel(NOON, tick=False):
        canaries = canary_city()
        coordinator = any_key(canaries.account("samordnare"), 1)
        manager = any_key(canaries.account("chef"), 2)

        def told(program: Program, **asked: str) -> tuple[int, int | None]:
            body = program.get("status", asked).json()
            return body["utanfor"], body["skyddade"]

        assert told(coordinator, unit="SDN") == (0, 4)
        assert told(coordinator, unit="EB") == (0, None)
        assert told(manager, unit="EB") == (0, None)
        assert told(manager) == (0, None)


@pytest.mark.django_db
def test_every_page_of_people_is_in_the_log_with_whom_it_named() -> None:
    with time_machine.travel(NOON, tick=False):
        canaries = canary_city()
        program = any_key(canaries.account("chef"), 1)
        first = program.get("status", {"unit": "EB"})
        assert program.get("status.csv", {"unit": "EB"}).status_code == 200
        unchanged = program.get(
            "status", {"unit": "EB"}, **{"If-None-Match": first.headers["ETag"]}
        )
        assert unchanged.status_code == 304
        assert program.get("summary").status_code == 200
        entries = AuditEntry.objects.filter(event=AuditEvent.STATUS_FETCHED)
        assert entries.count() == 2  # what was not sent was not seen; figures name nobody
        for entry in entries:
            assert (entry.unit, entry.detail["roll"], entry.detail["dag"]) == (
                "EB",
                "chef",
                "2024-05-15",
            )
            about = Person.objects.filter(pk__in=entry.subjects.values("person"))
            assert {key for key, who in canaries.people.items() if who in about} == {"kollega"}
