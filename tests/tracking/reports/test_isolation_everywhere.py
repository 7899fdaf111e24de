"""Random managers in random organisations see exactly whom STATUS.md 6 says, however they ask.

Filters, groups, the people behind a number, files, programs and searches; today and on past days.
The plain pages of every unit: tests/contracts/test_rights_over_http.py.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from urllib.parse import urlencode

import time_machine
from django.core.cache import cache
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from tests.contracts.crawler import said_by
from tests.factories import account, target
from tests.tracking.api.conftest import Program, key_of
from tests.tracking.organisation.random_organisations import TODAY, lay, organisations
from tests.tracking.organisation.rights_oracle import Oracle, Organisation, Somebody
from tracking.api.rules import may_open_people
from tracking.organisation.models import Person
from tracking.organisation.roles import roles_of
from tracking.status.rules import Status

DAYS = (TODAY, TODAY - timedelta(days=1), date(2021, 3, 1))
NAMED = re.compile(r"Efternamn(P\d+)\b")


class TestIsolation(TestCase):
    @settings(
        max_examples=3, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
    )
    @given(organisations(), st.sampled_from(DAYS))
    def test_who_is_shown_is_whom_one_may_see(self, organisation: Organisation, day: date) -> None:
        with time_machine.travel("2024-05-15 12:00:00+02:00", tick=False):
            cache.clear()
            people, oracle = lay(organisation), Oracle(organisation)
            target()
            for one in organisation.people:
                _look(oracle, one, people, day)


def _look(oracle: Oracle, reader: Somebody, people: dict[str, Person], day: date) -> None:
    client = Client()
    client.force_login(account(people[reader.key]))
    everybody = oracle.all.people
    seen = {who.key for who in everybody if oracle.sees(reader, who)}
    for row in oracle.all.units[:4]:
        asked = {"enhet": row.code, "datum": day.isoformat()}
        # By status, by target, by group and as a file each shows the same people, once.
        plain = _named(client, "/medarbetare/", asked)
        by_status: set[str] = set()
        for status in Status:
            shown = _named(client, "/medarbetare/", asked | {"mal": "T1", "status": status})
            assert not shown & by_status, (reader, asked, status)
            by_status |= shown
        assert plain <= seen, (reader, asked)
        for one in ({"mal": "T1"}, {"grupp": "on"}, {"vy": "matris"}, {"sortera": "-namn"}):
            assert _named(client, "/medarbetare/", asked | one) == plain, (reader, asked, one)
        assert by_status == plain, (reader, asked)
        for form in ("csv", "xlsx"):
            assert _named(client, f"/medarbetare/export/{form}/", asked) == plain, (reader, asked)
        # Whoever sees the people of a unit sees them behind its numbers too, and nobody else does.
        behind = _named(client, "/uppfoljning/redovisning/", asked | {"mal": "T1", "del": "alla"})
        assert behind <= seen, (reader, asked)
        if plain:
            assert behind == plain, (reader, asked)
    for page, more in _searches(people):
        assert _named(client, page, more) <= seen, (reader, page, more)
    _programs(oracle, reader, people, seen)


def _searches(people: dict[str, Person]) -> Iterator[tuple[str, dict[str, str]]]:
    """Where somebody can be looked for by name or key."""
    for key in list(people)[:2]:  # the first is protected
        words = f"Förnamn{key}"
        yield "/medarbetare/", {"namn": words}
        yield "/datakvalitet/matchning/", {"sok": words}
        yield "/sok/", {"q": words}
        yield "/paminnelser/skickade/", {"namn": words}


def _programs(oracle: Oracle, reader: Somebody, people: dict[str, Person], seen: set[str]) -> None:
    """What a program with the reader's key is told of people."""
    roles = roles_of(account(people[reader.key]), TODAY)
    if not may_open_people(roles):
        return
    rows = Program(key_of(people[reader.key])).rows("status")
    told = {row["person_id"] for row in rows}
    assert told <= seen, reader
    led = {
        who.key
        for who in oracle.all.people
        if not who.protected and oracle.reaches(reader, who) and oracle.works(who)
    }
    assert told >= led, reader


def _named(client: Client, page: str, asked: dict[str, str]) -> set[str]:
    """Keys of those whom a page or a file names to whoever may open it."""
    answer = client.get(f"{page}?{urlencode(asked)}")
    assert answer.status_code in {200, 302, 400, 403}, (page, asked)
    if answer.status_code != 200:
        return set()
    text = said_by(answer)
    main = text.partition("<main")[2] or text  # the header names the reader
    return set(NAMED.findall(main))
