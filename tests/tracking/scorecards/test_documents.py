"""The files say what was signed and counted, to the number, and who has not reported."""

import csv
import io
from datetime import date

import pytest
from django.http import QueryDict
from django.test import Client
from openpyxl import load_workbook

from tests.factories import account
from tests.tracking.scorecards.making import DONE, NOW, TODAY, report, sign
from tracking.exports.documents import document_bytes
from tracking.organisation.models import Person
from tracking.scorecards.committees import committees_of
from tracking.scorecards.documents import CityOffer, CommitteeOffer
from tracking.scorecards.frozen import figures_to_freeze
from tracking.scorecards.models import PeriodClosing, ReportingPeriod, SignOff, Undertaking
from tracking.scorecards.signing import close_period

pytestmark = pytest.mark.django_db
City = dict[str, Person]
COUNTS = ("malgrupp", "undantagna", "klara", "utgangna", "forsenade", "pagaende", "ej_paborjade")


@pytest.fixture
def signed(city: City, period: ReportingPeriod, undertakings: list[Undertaking]) -> SignOff:
    for one in undertakings[:2]:
        report(city["contact"], period, one, DONE)
    return sign(city["contact"], period)


def _csv(content: bytes) -> list[dict[str, str]]:
    text = content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


def _numbers(rows: list[dict[str, str]]) -> list[tuple[str, ...]]:
    """Codes and counts of a file's table of figures."""
    return [tuple(list(row.values())[at] for at in (0, 2, *range(4, 11))) for row in rows]


def _frozen(rows: list[dict[str, object]]) -> list[tuple[str, ...]]:
    return [(str(row["enhet"]), str(row["mal"]), *(str(row[n]) for n in COUNTS)) for row in rows]


def test_a_committee_s_file_holds_what_was_signed(city: City, signed: SignOff) -> None:
    made = CommitteeOffer().make(account(city["contact"]), QueryDict("enhet=SDN-1&period=2026-T2"))
    assert _numbers(_csv(document_bytes(made, "csv"))) == _frozen(signed.figures)
    book = load_workbook(io.BytesIO(document_bytes(made, "xlsx")))
    cells = {cell for sheet in book for row in sheet.values for cell in row}
    assert {"Åtagande U1", "Åtagande U2", "2026/17", "Beslut i nämnden"} <= cells
    assert "Åtagande U3" not in cells
    assert document_bytes(made, "pdf").startswith(b"%PDF")


def test_the_city_s_file_holds_the_figures_it_was_closed_with_and_who_is_missing(
    city: City, period: ReportingPeriod, signed: SignOff
) -> None:
    committees = committees_of(period, TODAY)
    close_period(
        period=period,
        committees=committees,
        frozen=figures_to_freeze(period, ["STAD", *(c.code for c in committees)], now=NOW),
        actor=account(city["coordinator"]),
        now=NOW,
        on=TODAY,
    )
    made = CityOffer().make(account(city["auditor"]), QueryDict("period=2026-T2"))
    figures = PeriodClosing.objects.get().figures
    assert {row["enhet"] for row in figures} == {"STAD", "SDN-1"}
    assert _numbers(_csv(document_bytes(made, "csv"))) == _frozen(figures)
    book = load_workbook(io.BytesIO(document_bytes(made, "xlsx")))
    states = {row[0]: row[1] for row in book.worksheets[0].values}
    assert states["Enheten SDN-1"] == "Signerat"
    assert [states[f"Enheten {code}"] for code in ("SN", "SDN-2", "BF")] == ["Ej rapporterat"] * 3


@pytest.mark.parametrize(
    ("who", "committee", "of_the_city"),
    [
        ("contact", 200, 403),
        ("other", 403, 403),
        ("coordinator", 200, 200),
        ("auditor", 200, 200),
        ("head", 200, 403),
        ("chief", 403, 403),
        ("staff", 403, 403),
    ],
)
def test_who_may_have_them(
    city: City, signed: SignOff, who: str, committee: int, of_the_city: int
) -> None:
    client = Client()
    client.force_login(account(city[who]))
    own = client.get("/styrkort/fil/csv/?enhet=SDN-1&period=2026-T2")
    whole = client.get("/styrkort/staden/fil/csv/?period=2026-T2")
    assert (own.status_code, whole.status_code) == (committee, of_the_city)
    asked = QueryDict("enhet=SDN-1&period=2026-T2")
    user, on = account(city[who]), date(2026, 9, 11)
    assert CommitteeOffer().may_read(user, asked, [], on) == (committee == 200)
    assert CityOffer().may_read(user, asked, [], on) == (of_the_city == 200)
