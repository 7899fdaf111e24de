"""What was reported of a day, as known at a moment, stays the same to the byte for ever."""

import re
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlencode

import time_machine
from django.core.cache import cache
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, Phase, given, note, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from foundation.facts import batch_at
from tests.factories import account, duty, person
from tests.tracking.rows import Batch
from tests.tracking.status.cities import Scenario, scenarios
from tests.tracking.status.recording import record
from tracking.organisation.models import DutyRole
from tracking.organisation.queries import organisation_on
from tracking.reports.why import Why, why
from tracking.status.target_rows import target_rows

# Every day a question may be of has come.
NOW = "2035-01-01 12:00:00+01:00"
FIGURES = re.compile(r'<table.*?</table>|<p class="(?:lead|standing__said)">.*?</p>', re.DOTALL)
# What leads on to the people and the way there; they have other keys in another database.
KEYS = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f-]{22}")
MOST = 3  # units and targets: more of the same would only take longer
Said = dict[str, list[str] | bytes | Why]


class TestWhatWasReported(TestCase):
    @settings(
        max_examples=2,
        deadline=None,
        derandomize=True,
        phases=(Phase.explicit, Phase.generate),
        suppress_health_check=list(HealthCheck),
    )
    @given(scenarios(), st.data())
    def test_nothing_that_is_recorded_later_changes_it(
        self, scenario: Scenario, data: st.DataObject
    ) -> None:
        at = data.draw(st.integers(0, len(scenario.batches) - 2))
        known_at = scenario.batches[at].recorded_at
        then = tuple(one for one in scenario.batches if one.recorded_at <= known_at)
        days = sorted({question.on for question in scenario.questions})
        as_of = data.draw(st.sampled_from(days))
        note(f"{as_of} as known at {known_at}, {len(scenario.batches) - len(then)} batches later")
        before = _said(then, as_of, known_at)
        after = _said(scenario.batches, as_of, known_at)
        assert before.keys() == after.keys()
        for address, said in before.items():
            assert after[address] == said, address


def _said(batches: tuple[Batch, ...], as_of: date, known_at: datetime) -> Said:
    """What every report says of the day as known at the moment, in a city of these batches."""
    cache.clear()
    with time_machine.travel(NOW, tick=False), transaction.atomic():
        people = record(batches)
        reader = person("läsaren")
        duty(reader, DutyRole.COORDINATOR, "STAD")
        found = _read(account(reader), people, as_of, known_at)
        transaction.set_rollback(True)
    return found


def _read(user, people: dict[str, int], as_of: date, known_at: datetime) -> Said:
    client = Client()
    client.force_login(user)
    batch = batch_at(known_at)
    codes = sorted(row.code for row in target_rows(batch))[:MOST]
    asked = {"datum": as_of.isoformat(), "kand": known_at.isoformat()}
    said: Said = {}
    for unit in sorted(organisation_on(as_of, batch).units)[:MOST]:
        there = urlencode(asked | {"enhet": unit})
        addresses = [f"/uppfoljning/?{there}"]
        for code in codes:
            of = urlencode({"mal": code})
            addresses += [
                f"/uppfoljning/mal/?{of}&{there}",
                f"/uppfoljning/redovisning/?{of}&{there}",
            ]
        for address in addresses:
            page = client.get(address)
            assert page.status_code == 200
            said[address] = [KEYS.sub("…", one) for one in FIGURES.findall(page.content.decode())]
            assert said[address]
        exported = client.get(f"/medarbetare/export/csv/?{there}")
        assert exported.status_code == 200
        said[f"export {unit}"] = exported.content
    said |= _written(as_of, known_at)
    for key, who in people.items():
        for code in codes:
            reasons = why(who, code, as_of, known_at=known_at, tells_reasons=True)
            said[f"{key} {code}"] = reasons
    # Who was not heard of yet has nothing said of them.
    return {place: one for place, one in said.items() if not _is_nobody(one)}


def _is_nobody(one: object) -> bool:
    return isinstance(one, Why) and one.status is None


def _written(as_of: date, known_at: datetime) -> Said:
    """The summary that leaves by command."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "sammanstallning.csv"
        call_command(
            "export_summary",
            f"--as-of={as_of.isoformat()}",
            f"--known-at={known_at.isoformat()}",
            f"--output={file}",
            stdout=(Path(folder) / "sagt").open("w"),
        )
        return {"export_summary": file.read_bytes()}
