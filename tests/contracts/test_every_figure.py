"""Every figure on pages and in files is that of `export_summary`; a page with any is placed here.

Follow-up's pages, and the people behind a number: tests/tracking/reports/test_every_number.py.
"""

import csv
import io
import re
import tempfile
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from urllib.parse import urlencode

import docx
import openpyxl
import pytest
import time_machine
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client
from hypothesis import HealthCheck, Phase, given, note, settings
from hypothesis.extra.django import TestCase

from tests.contracts.small_city import small_city
from tests.contracts.test_permission_matrix import OWN, TABLE, path_of
from tests.factories import duty, person
from tests.tracking.reports.test_every_number import Asked, Summaries, numbers
from tests.tracking.status.cities import AREAS, Scenario, scenarios
from tests.tracking.status.recording import record
from tracking.organisation.models import DutyRole
from tracking.reports.figures import Measure
from tracking.scorecards.making import make_periods
from tracking.scorecards.models import ReportingPeriod
from tracking.status.queries import status_table, summary
from tracking.targets.expressions import folded

TODAY = date(2026, 1, 5)
FOLLOW_UP = "tests/tracking/reports/test_every_number.py"
# Pages that show counts or shares of a unit and a target, and where each is held to the summary.
FIGURES = {
    "reports:overview": FOLLOW_UP,
    "reports:target": FOLLOW_UP,
    "reports:account": FOLLOW_UP,
    "reports:equality": FOLLOW_UP,
    "reports:staff": "here",
    "scorecards:card": "here",
}
# A share that is of no unit and target, or that no page of ours says.
OTHER_SHARES = {
    "reports:comparison": "of two days and moments: tests/tracking/status/compare",
}
ASKED = {"reports:target": "?mal=T1", "reports:account": "?mal=T1", "reports:equality": "?mal=T1"}
WALKING = ("stadsdelschef", "nyckelperson", "samordnare", "revisor")
SHARE = re.compile(r"\d\s?%")
NO_FIGURE_IN = re.compile(r"<(data|svg|script|style)\b.*?</\1>|<[^>]*>", re.S)
# Columns of a table of figures in a file, as the command calls them.
COLUMNS = {
    "Enhetskod": "enhet",
    "Målkod": "mal",
    "Målgrupp": "malgrupp",
    "Undantagna": "undantagna",
    "Klar": "klara",
    "Utgången": "utgangna",
    "Försenad": "forsenade",
    "Pågående": "pagaende",
    "Ej påbörjad": "ej_paborjade",
    "Andel klara": "andel",
}


@pytest.mark.django_db
def test_a_page_with_figures_is_placed_and_each_of_its_shares_can_be_held() -> None:
    city = small_city()
    with_figures, with_shares = set(), set()
    for role in WALKING:
        for address in OWN:
            rule = TABLE[address.name]
            if rule.method != "get":
                continue
            path = path_of(address, rule, city) + ASKED.get(address.name, "")
            answer = city.ask(role, path)
            if answer.status_code != 200 or "text/html" not in answer.headers["Content-Type"]:
                continue
            page = answer.content.decode()
            if numbers(page):
                with_figures.add(address.name)
            if SHARE.search(NO_FIGURE_IN.sub(" ", page)):
                with_shares.add(address.name)
    assert with_figures == set(FIGURES)
    assert with_shares - set(FIGURES) == set(OTHER_SHARES)


class TestFigures(TestCase):
    """Pages and files whose figures stand beside people and undertakings."""

    @settings(
        max_examples=6,
        deadline=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(scenario=scenarios())
    def test_pages_and_files_say_what_the_command_says(self, scenario: Scenario) -> None:
        with (
            tempfile.TemporaryDirectory() as name,
            time_machine.travel("2026-01-05 12:00:00+01:00", tick=False),
        ):
            cache.clear()
            record(scenario.batches)
            coordinator = person("samordnare", "Samordnaren")
            duty(coordinator, DutyRole.COORDINATOR, "U-OKAND")
            make_periods(on=TODAY)
            client, summaries = Client(), Summaries(Path(name))
            client.force_login(coordinator.user)  # type: ignore[arg-type]
            latest = [(one.on, one.known_at) for one in scenario.questions[:1]]
            for asked in [(TODAY, None), *latest]:
                note(repr(asked))
                _staff(client, summaries, asked)
                _files(client, summaries, asked)
            _scorecards(client, summaries)


def _staff(client: Client, summaries: Summaries, asked: Asked) -> None:
    found = summaries.of(asked)
    for unit in sorted({unit for unit, _target in found})[:3]:
        area = folded(AREAS[0])
        for more in ({}, {"grupp": "enhet"}, {"omrade": area}):
            address = f"/medarbetare/?{_query(asked, enhet=unit, **more)}"
            page = client.get(address)
            assert page.status_code == 200, address
            shown = numbers(page.content.decode())
            assert shown or more, address
            _held(summaries, asked, shown, address)


def _scorecards(client: Client, summaries: Summaries) -> None:
    for period in ReportingPeriod.objects.filter(first_day__lte=TODAY).order_by("-last_day")[:3]:
        asked: Asked = (min(period.last_day, TODAY), None)
        for unit in sorted({unit for unit, _target in summaries.of(asked)}):
            address = f"/styrkort/{unit}/?period={period.code}"
            page = client.get(address)
            if page.status_code == 404:
                continue  # no committee
            shown = numbers(page.content.decode())
            assert shown, address
            _held(summaries, asked, shown, address)
            for form in ("csv", "xlsx", "docx"):
                file = client.get(f"/styrkort/fil/{form}/?enhet={unit}&period={period.code}")
                _file_held(summaries, asked, file, f"{address} {form}")
        for form in ("csv", "xlsx"):  # as text it is a job
            file = client.get(f"/styrkort/staden/fil/{form}/?period={period.code}")
            _file_held(summaries, asked, file, f"{period.code} {form}")


def _files(client: Client, summaries: Summaries, asked: Asked) -> None:
    for unit in sorted({unit for unit, _target in summaries.of(asked)})[:2]:
        for report, form in (
            *(("uppfoljning", form) for form in ("csv", "xlsx")),
            ("medarbetare", "xlsx"),
        ):
            address = f"/{report}/export/{form}/?{_query(asked, enhet=unit)}"
            rows = _file_held(summaries, asked, client.get(address), address)
            assert unit in {row["enhet"] for row in rows}, address
            assert all(set(row) == set(COLUMNS.values()) for row in rows), address
        _read_held(summaries, asked, client, unit)


def _read_held(summaries: Summaries, asked: Asked, client: Client, unit: str) -> None:
    """What is made to be read has lines of targets by name: the unit's, and no others."""
    address = f"/uppfoljning/export/docx/?{_query(asked, enhet=unit)}"
    file = client.get(address)
    assert file.status_code == 200, address
    lines = next(one for one in _tables(file) if one[0][1:4] == ["Klara", "Av", "Andel klara"])

    def line(target: str) -> tuple[str, str, str]:
        def said(measure: str) -> str:
            return summaries.number(asked, unit, target, measure)

        return said("klara"), said("bas"), said("andel")

    expected = [line(target) for code, target in summaries.of(asked) if code == unit]
    assert sorted(tuple(row[1:4]) for row in lines[1:]) == sorted(expected), address


def _file_held(
    summaries: Summaries, asked: Asked, file: HttpResponse, address: str
) -> list[dict[str, str]]:
    """Every row of every table of figures in the file; gives them."""
    assert file.status_code == 200, address
    rows = [row for table in _tables(file) for row in _figures(table)]
    for row in rows:
        for measure in set(COLUMNS.values()) & set(row) - {"enhet", "mal"}:
            expected = summaries.number(asked, row["enhet"], row["mal"], measure)
            assert row[measure] == expected, (address, row, measure, expected)
    return rows


def _held(
    summaries: Summaries, asked: Asked, shown: list[tuple[dict[str, str], str]], address: str
) -> None:
    narrowed: dict[str, Mapping[tuple[str, str], object]] = {}
    for said, text in shown:
        where, measure = (said["data-unit"], said["data-target"]), said["data-measure"]
        area = said.get("data-area", "")
        if area:
            if area not in narrowed:
                table = status_table(as_of=asked[0], known_at=asked[1])
                narrowed[area] = {(o.unit, o.target): o for o in summary(table, area=area)}
            counts = narrowed[area].get(where)
            value = Measure(measure).of(counts) if counts else 0  # type: ignore[arg-type]
            expected = "" if value is None else str(value)
        else:
            expected = summaries.number(asked, *where, measure)
        digits = "".join(one for one in text if one.isdigit())
        assert (said["value"], digits) == (expected, expected), (address, said, text)


def _query(asked: Asked, **more: str) -> str:
    said = {"datum": asked[0].isoformat(), **more}
    if asked[1] is not None:
        said["kand"] = asked[1].isoformat()
    return urlencode(said)


Table = list[list[str]]


def _figures(table: Table) -> Iterator[dict[str, str]]:
    """The rows below the head of a table that has the codes of units and targets."""
    for at, head in enumerate(table):
        names = [COLUMNS.get(name, "") for name in head]
        if {"enhet", "mal"} <= set(names):
            for row in table[at + 1 :]:
                cells = dict(zip(names, row, strict=False))
                if cells["enhet"] and cells["mal"]:
                    yield {name: cell for name, cell in cells.items() if name}
            return


def _tables(file: HttpResponse) -> Iterator[Table]:
    content, kind = file.content, file.headers["Content-Type"]
    if "csv" in kind:
        yield list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))
    elif "sheet" in kind:
        for sheet in openpyxl.load_workbook(io.BytesIO(content)).worksheets:
            yield [[_cell(one) for one in row] for row in sheet.iter_rows()]
    else:
        for table in docx.Document(io.BytesIO(content)).tables:
            yield [[_digits(one.text) for one in row.cells] for row in table.rows]


def _cell(cell: openpyxl.cell.Cell) -> str:
    """A share in a workbook is a fraction that is shown in per cent."""
    if isinstance(cell.value, float | int) and "%" in cell.number_format:
        return str(round(cell.value * 100))
    return "" if cell.value is None else str(cell.value)


def _digits(text: str) -> str:
    """A number as a page sets it, without what sets it."""
    return re.sub(r"[\s ]|%$", "", text) if re.fullmatch(r"[\d\s ]+%?", text) else text.strip()
