"""Every number of a unit and a target on every page is that of `export_summary`, and its people are
those of `export_status`, on random cities."""

import csv
import io
import re
import tempfile
from datetime import date, datetime, time
from html import unescape
from pathlib import Path
from urllib.parse import urlencode

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from hypothesis import HealthCheck, Phase, given, note, settings
from hypothesis.extra.django import TestCase

from foundation.intervals import STOCKHOLM
from tests.factories import duty, person
from tests.tracking.commands import export, load
from tests.tracking.status.cities import Scenario, scenarios
from tracking.forecast.keeping import end_of, keep_day, wanted_days
from tracking.organisation.models import DutyRole

NOW = "2026-01-05 12:00:00+01:00"
TODAY = date(2026, 1, 5)
MONTH_END = date(2025, 4, 30)
DATA = re.compile(r"<data ([^>]*)>([^<]*)</data>")
ATTRIBUTE = re.compile(r'([\w-]+)="([^"]*)"')
STATUSES = ("klar", "utgangen", "forsenad", "pagaende", "ej_paborjad", "undantagen")
Asked = tuple[date, datetime | None]


class Summaries:
    """What the command says of a day, as known at a moment; read once."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.read: dict[Asked, dict[tuple[str, str], dict[str, str]]] = {}

    def of(self, asked: Asked) -> dict[tuple[str, str], dict[str, str]]:
        if asked not in self.read:
            file = export("export_summary", self.folder, asked[0], known_at=asked[1])
            rows = csv.DictReader(io.StringIO(file.decode("utf-8-sig")), delimiter=";")
            self.read[asked] = {(row["enhet"], row["mal"]): row for row in rows}
        return self.read[asked]

    def number(self, asked: Asked, unit: str, target: str, measure: str) -> str:
        row = self.of(asked).get((unit, target))
        if row is None:
            return "" if measure == "andel" else "0"
        if measure == "bas":
            return str(int(row["malgrupp"]) - int(row["undantagna"]))
        return row[measure]


def numbers(page: str) -> list[tuple[dict[str, str], str]]:
    return [
        ({name: unescape(value) for name, value in ATTRIBUTE.findall(attributes)}, unescape(text))
        for attributes, text in DATA.findall(page)
    ]


def names(page: str) -> set[str]:
    """Keys of the people a page names: they are all called F and their key."""
    return {unescape(one) for one in re.findall(r">F(\S+) Efternamn</a>", page)}


@pytest.mark.slow
class TestEveryNumber(TestCase):
    """Each city is loaded by the import commands, as a city's would be."""

    @settings(
        max_examples=3,
        deadline=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(scenario=scenarios())
    def test_pages_say_what_the_commands_say(self, scenario: Scenario) -> None:
        with (
            tempfile.TemporaryDirectory() as name,
            time_machine.travel(NOW, tick=False),
        ):
            cache.clear()
            folder = Path(name)
            for batch in scenario.batches:
                load(folder, batch, dialect=scenario.dialect)
            coordinator = person("samordnare", "Samordnaren")
            duty(coordinator, DutyRole.COORDINATOR, "U-OKAND")
            wanted = wanted_days(TODAY)
            for day in [*wanted[:4], *(one for one in wanted if one <= MONTH_END)]:
                keep_day(day, is_thinned=False)
            client = Client()
            client.force_login(coordinator.user)  # type: ignore[arg-type]
            then = datetime.combine(MONTH_END, time.max, STOCKHOLM)
            questions: list[Asked] = [(TODAY, None), (MONTH_END, then), (MONTH_END, None)]
            questions += [(one.on, one.known_at) for one in scenario.questions[:1]]
            summaries = Summaries(folder)
            for asked in questions:
                note(repr(asked))
                self._pages(client, summaries, asked)
            for asked in questions[:3]:
                note(repr(asked))
                self._people(client, folder, summaries, asked)

    def _pages(self, client: Client, summaries: Summaries, asked: Asked) -> None:
        said = _address(asked)
        found = summaries.of(asked)
        units = sorted({unit for unit, _target in found})
        targets = sorted({target for _unit, target in found})
        addresses = [f"/uppfoljning/?{said}"]
        addresses += [f"/uppfoljning/?{said}&{urlencode({'enhet': unit})}" for unit in units[:3]]
        for target in targets:
            which = f"{said}&mal={target}"
            addresses += [f"/uppfoljning/mal/?{which}", f"/uppfoljning/likstallighet/?{which}"]
        addresses += [
            f"/uppfoljning/{page}/?{said}&mal={target}&{urlencode({'enhet': unit})}"
            for page in ("mal", "redovisning")
            for unit, target in list(found)[:3]
        ]
        for address in addresses:
            answer = client.get(address)
            assert answer.status_code == 200, address
            met = numbers(answer.content.decode())
            assert met or not found or "redovisning" not in address
            for attributes, text in met:
                self._number(summaries, asked, attributes, text, address)

    def _number(
        self,
        summaries: Summaries,
        asked: Asked,
        attributes: dict[str, str],
        text: str,
        address: str,
    ) -> None:
        day = attributes.get("data-day")
        of = (date.fromisoformat(day), end_of(date.fromisoformat(day))) if day else asked
        where = (attributes["data-unit"], attributes["data-target"])
        expected = summaries.number(of, *where, attributes["data-measure"])
        assert attributes["value"] == expected, (address, attributes)
        digits = "".join(one for one in text if one.isdigit())
        assert digits == expected, (address, attributes, text)

    def _people(self, client: Client, folder: Path, summaries: Summaries, asked: Asked) -> None:
        """The list of a number, and Mina medarbetare narrowed to it, are its people."""
        for unit, target in list(summaries.of(asked))[:1]:
            narrowed = {"unit": unit, "targets": (target,)}
            file = export("export_status", folder, asked[0], known_at=asked[1], **narrowed)
            rows = list(csv.DictReader(io.StringIO(file.decode("utf-8-sig")), delimiter=";"))
            for status in STATUSES:
                expected = {row["person_id"] for row in rows if row["status"] == status}
                query = urlencode({"enhet": unit, "mal": target, "del": status})
                page = client.get(f"/uppfoljning/redovisning/?{_address(asked)}&{query}")
                assert names(page.content.decode()) == expected, (unit, target, status)
                query = urlencode({"enhet": unit, "mal": target, "status": status})
                page = client.get(f"/medarbetare/?{_address(asked)}&{query}")
                assert names(page.content.decode()) == expected, (unit, target, status)


def _address(asked: Asked) -> str:
    said = {"datum": asked[0].isoformat()}
    if asked[1] is not None:
        said["kand"] = asked[1].isoformat()
    return urlencode(said)
