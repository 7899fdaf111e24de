"""Every number of a report's file is the one that export_summary gives for the same day."""

import csv
from datetime import date, datetime
from io import BytesIO, StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlencode

import openpyxl
import time_machine
from django.core.cache import cache
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from tests.factories import account, duty, person
from tests.tracking.status.cities import Scenario, scenarios
from tests.tracking.status.recording import record
from tracking.organisation.models import DutyRole
from tracking.organisation.queries import organisation_on
from tracking.status.target_rows import target_rows

NOW = "2035-01-01 12:00:00+01:00"
Row = tuple[str, ...]
UNIT, TARGET, FIRST, SHARE = 0, 2, 4, 11


class TestFiles(TestCase):
    @settings(
        max_examples=3,
        deadline=None,
        derandomize=True,
        phases=(Phase.explicit, Phase.generate),
        suppress_health_check=list(HealthCheck),
    )
    @given(scenarios(), st.data())
    def test_every_number_of_a_file_is_that_of_export_summary(
        self, scenario: Scenario, data: st.DataObject
    ) -> None:
        known_at = data.draw(st.sampled_from(scenario.batches)).recorded_at
        as_of = data.draw(st.sampled_from(sorted({one.on for one in scenario.questions})))
        cache.clear()
        with time_machine.travel(NOW, tick=False), transaction.atomic():
            record(scenario.batches)
            reader = person("läsaren")
            duty(reader, DutyRole.COORDINATOR, "STAD")
            client = Client()
            client.force_login(account(reader))
            said = summary(as_of, known_at)
            asked = {"datum": as_of.isoformat(), "kand": known_at.isoformat()}
            for unit in organisation_on(as_of).units:
                for form in ("csv", "xlsx"):
                    address = f"/uppfoljning/export/{form}/?{urlencode(asked | {'enhet': unit})}"
                    for row in figures_of(client, address, form):
                        assert row[2:] == said[row[:2]]
            for target in target_rows():
                address = f"/uppfoljning/mal/export/csv/?{urlencode(asked | {'mal': target.code})}"
                for row in figures_of(client, address, "csv"):
                    assert row[2:] == said[row[:2]]
            transaction.set_rollback(True)


def figures_of(client: Client, address: str, form: str) -> list[Row]:
    """Unit, target, seven counts and the share of each row; nothing where there is no file."""
    answer = client.get(address)
    if answer.status_code == 302:
        return []
    if form == "csv":
        text = StringIO(answer.content.decode("utf-8-sig"), newline="")
        rows = list(csv.reader(text, delimiter=";"))[1:]
    else:
        sheet = openpyxl.load_workbook(BytesIO(answer.content)).worksheets[0]
        found = sheet.iter_rows(min_row=2, values_only=True)
        rows = [[_said(value, at) for at, value in enumerate(row)] for row in found]
    assert rows
    return [(row[UNIT], row[TARGET], *row[FIRST : SHARE + 1]) for row in rows]


def _said(value: object, at: int) -> str:
    """A workbook's cell as the text file says it: its share is a part of one."""
    if value is None:
        return ""
    return str(round(float(str(value)) * 100)) if at == SHARE else str(value)


def summary(as_of: date, known_at: datetime) -> dict[Row, Row]:
    """What leaves by command: by unit and target seven counts and the share."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "sammanstallning.csv"
        call_command(
            "export_summary",
            f"--as-of={as_of.isoformat()}",
            f"--known-at={known_at.isoformat()}",
            f"--output={file}",
            stdout=(Path(folder) / "sagt").open("w"),
        )
        text = StringIO(file.read_text(encoding="utf-8-sig"), newline="")
        rows = list(csv.reader(text, delimiter=";"))[1:]
    return {(row[0], row[1]): tuple(row[2:10]) for row in rows}
