"""Mina medarbetare: what stands on the page, in its filters and in its files."""

import csv
from collections.abc import Callable
from datetime import date
from io import BytesIO, StringIO

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from tests.factories import completion, duty, employ, person, target, unit
from tracking.organisation.models import DutyRole, Person, UnitKind
from tracking.reports.matrix import Line
from tracking.targets.models import Level

SignIn = Callable[[Person], Client]
City = dict[str, Person]
STAFF = "/medarbetare/"


def names(response: HttpResponse) -> list[str]:
    return [line.row.name.split()[0] for line in lines(response)]


def lines(response: HttpResponse) -> list[Line]:
    return [line for block in response.context["blocks"] for line in block.lines]


def queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def test_a_manager_sees_the_unit_and_its_figures(city: City, signed_in: SignIn) -> None:
    completion(city["anna"], date(2024, 2, 1))
    response = signed_in(city["boss"]).get(STAFF)
    line = response.context["report"].figures[0]
    assert names(response) == ["Anna", "Boss", "Hemlig"]
    assert (line.counts.done, line.counts.base, line.counts.share) == (1, 3, 33)
    assert (line.verdict.word, line.verdict.is_late) == ("inte uppnått", True)
    assert "Bo Efternamnbo" not in response.content.decode()


def test_a_manager_above_meets_protected_people_as_a_row_of_the_district(
    city: City, signed_in: SignIn
) -> None:
    response = signed_in(city["head"]).get(STAFF)
    assert names(response) == ["Anna", "Bo", "Boss", "Head", "Skyddade"]
    last = lines(response)[-1].row
    assert (last.unit, last.cells, last.position) == ("Enheten SDN", {}, "")
    assert response.context["report"].figures[0].counts.base == 5


@pytest.mark.parametrize(
    "narrower",
    [
        "namn=s",
        "underenhet=A",
        "befattning=handläggare",
        "status=forsenad",
        "forsenade=on",
        "enhet=A",
    ],
)
def test_nothing_leads_down_to_protected_people(
    city: City, signed_in: SignIn, narrower: str
) -> None:
    response = signed_in(city["head"]).get(f"{STAFF}?{narrower}")
    assert response.status_code == 200
    assert "Skyddade" not in names(response)
    assert "Hemlig" not in response.content.decode()


@pytest.mark.parametrize("sort", ["namn", "-namn", "enhet", "-enhet", "T1", "-T1", "-forsenade"])
def test_protected_people_stand_last_however_sorted(
    city: City, signed_in: SignIn, sort: str
) -> None:
    response = signed_in(city["head"]).get(f"{STAFF}?sortera={sort}")
    assert names(response)[-1] == "Skyddade"


def test_filters_and_order(city: City, signed_in: SignIn) -> None:
    completion(city["anna"], date(2024, 2, 1))
    client = signed_in(city["head"])
    assert names(client.get(f"{STAFF}?status=klar")) == ["Anna"]
    assert names(client.get(f"{STAFF}?forsenade=on")) == ["Bo", "Boss", "Head"]
    assert names(client.get(f"{STAFF}?underenhet=B")) == ["Bo"]
    assert names(client.get(f"{STAFF}?befattning=enhetschef")) == ["Boss"]
    assert names(client.get(f"{STAFF}?namn=OS")) == ["Boss"]
    assert names(client.get(f"{STAFF}?status=klar&namn=bo")) == []
    assert names(client.get(f"{STAFF}?sortera=-T1"))[:1] == ["Anna"]


def test_a_past_day_shows_those_one_may_see_today_and_counts_the_others(
    city: City, signed_in: SignIn
) -> None:
    for number in (1, 2):
        employ(person(f"left{number}"), "A", until=date(2024, 1, 1))
    response = signed_in(city["boss"]).get(f"{STAFF}?datum=2023-06-30")
    assert names(response) == ["Anna", "Boss", "Hemlig"]
    assert "+2 personer utanför din behörighet" in response.content.decode()
    assert response.context["report"].figures[0].counts.base == 5


@pytest.mark.parametrize(
    ("datum", "said"),
    [
        ("2024-02-30", "Skriv datumet som år-månad-dag"),
        ("i går", "Skriv datumet som år-månad-dag"),
        ("2024-05-16", "Den dagen har inte kommit än"),
    ],
)
def test_a_day_that_cannot_be_is_said_clearly(
    city: City, signed_in: SignIn, datum: str, said: str
) -> None:
    response = signed_in(city["boss"]).get(STAFF, {"datum": datum})
    assert response.status_code == 400
    assert said in response.content.decode()


def test_another_unit_cannot_be_chosen(city: City, signed_in: SignIn) -> None:
    assert signed_in(city["boss"]).get(f"{STAFF}?enhet=B").status_code == 400
    assert signed_in(city["boss"]).get(f"{STAFF}?enhet=SDN").status_code == 400


def test_whoever_manages_nobody_is_refused(city: City, signed_in: SignIn) -> None:
    refused = [
        signed_in(city[key]).get(STAFF).status_code for key in ("anna", "contact", "auditor")
    ]
    assert refused == [403, 403, 403]


def test_a_manager_of_two_units_chooses(city: City, signed_in: SignIn) -> None:
    duty(city["boss"], DutyRole.DEPUTY, "B")
    client = signed_in(city["boss"])
    assert names(client.get(STAFF)) == ["Anna", "Boss", "Hemlig"]
    assert names(client.get(f"{STAFF}?enhet=B")) == ["Bo"]


def test_a_coordinator_reaches_people_from_a_unit(city: City, signed_in: SignIn) -> None:
    client = signed_in(city["coordinator"])
    assert client.get(STAFF).headers["Location"] == "/uppfoljning/"
    assert names(client.get(f"{STAFF}?enhet=A")) == ["Anna", "Boss"]


@pytest.mark.parametrize("filters", ["", "?forsenade=on", "?datum=2024-04-02&sortera=-namn"])
def test_the_files_hold_exactly_what_is_shown(city: City, signed_in: SignIn, filters: str) -> None:
    client = signed_in(city["head"])
    shown = [line.row.name for line in lines(client.get(f"{STAFF}{filters}"))]
    text = client.get(f"{STAFF}export/csv/{filters}").content.decode("utf-8-sig")
    rows = list(csv.reader(StringIO(text), delimiter=";"))
    assert rows[0] == ["Namn", "Befattning", "Enhet", "Mål T1", "Mål T1: giltig till eller senast"]
    assert [row[0] for row in rows[1:]] == shown
    book = load_workbook(BytesIO(client.get(f"{STAFF}export/xlsx/{filters}").content))
    sheet = list(book.active.iter_rows(values_only=True))
    assert [row[0] for row in sheet[1:]] == shown
    assert [row[3] for row in sheet[1:]] == [row[3] or None for row in rows[1:]]


def test_no_formula_comes_out_of_data(city: City, signed_in: SignIn) -> None:
    city["anna"].first_name = "=HYPERLINK(1)"
    city["anna"].save()
    target("T2", name="+1")
    client = signed_in(city["boss"])
    rows = csv.reader(
        StringIO(client.get(f"{STAFF}export/csv/").content.decode("utf-8-sig")), delimiter=";"
    )
    cells = [cell for row in rows for cell in row]
    assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))] == []
    assert "'=HYPERLINK(1) Efternamnanna" in cells


def test_other_forms_of_file_are_nowhere(city: City, signed_in: SignIn) -> None:
    assert signed_in(city["boss"]).get(f"{STAFF}export/exe/").status_code == 404
    assert signed_in(city["anna"]).get(f"{STAFF}export/csv/").status_code == 403


def test_as_many_queries_for_three_people_as_for_one(city: City, signed_in: SignIn) -> None:
    unit("C", "SDN")
    duty(city["anna"], DutyRole.MANAGER, "C")
    employ(person("c1", protected=True), "C")
    client = signed_in(city["anna"])
    client.get(f"{STAFF}?namn=ingen")  # the first look of all counts what is kept of the figures
    one = queries(client, STAFF)
    for number in (2, 3):
        employ(person(f"c{number}", protected=number == 3), "C")
    three, again = queries(client, STAFF), queries(client, STAFF)
    assert names(client.get(STAFF)) == ["Förnamnc1", "Förnamnc2", "Förnamnc3"]
    # The log looks for the same page seen lately; only what is new is written.
    written = 5
    assert (one, three, again) == (27 + written, 27 + written, 27)


def test_a_unit_that_did_not_exist_says_so(city: City, signed_in: SignIn) -> None:
    response = signed_in(city["boss"]).get(f"{STAFF}?datum=2019-01-01")
    assert response.status_code == 200
    assert "Enheten fanns inte den dagen" in response.content.decode()


def test_nobody_is_asked_for_by_an_offer(city: City, signed_in: SignIn) -> None:
    target("T2", level=Level.OFFERED)
    completion(city["anna"], date(2024, 2, 1))
    client = signed_in(city["boss"])
    response = client.get(f"{STAFF}?status=ej_paborjad")
    assert names(response) == []
    heads = {head.label: head.level for head in client.get(STAFF).context["heads"]}
    assert (heads["Mål T1"], heads["Mål T2"]) == ("", "erbjuds")


def test_a_new_day_keeps_the_filters_and_a_person_leads_back_to_them(
    city: City, signed_in: SignIn
) -> None:
    client = signed_in(city["head"])
    asked = "enhet=A&datum=2024-04-02&namn=ann&sortera=-namn"
    page = client.get(f"{STAFF}?{asked}").content.decode()
    day_form = page.partition('class="as-of')[2].partition("</form>")[0]
    for kept in ('name="namn" value="ann"', 'name="sortera" value="-namn"', 'value="A"'):
        assert kept in day_form
    person_page = client.get(f"/medarbetare/{city['anna'].public_id}/?{asked}")
    assert person_page.context["back"] == (f"{STAFF}?{asked}", "Mina medarbetare")


def test_other_people_s_staff_are_not_mine(city: City, signed_in: SignIn) -> None:
    client = signed_in(city["coordinator"])
    page = client.get(f"{STAFF}?enhet=A").content.decode()
    assert "<h1>Medarbetare</h1>" in page
    assert 'href="/uppfoljning/?enhet=SDN"' in page
    person_page = client.get(f"/medarbetare/{city['anna'].public_id}/")
    assert person_page.context["back"] == ("/uppfoljning/", "Uppföljning")


@pytest.fixture
def old(city: City) -> str:
    """A district that went into SDN, and its unit that went into A."""
    unit("OLD", "STAD", UnitKind.DISTRICT_COMMITTEE, until=date(2023, 1, 1), replaced_by="SDN")
    unit("OLD-A", "OLD", until=date(2023, 1, 1), replaced_by="A")
    return "2022-06-30"


def test_what_a_unit_took_over_can_be_opened_on_its_days(
    city: City, signed_in: SignIn, old: str
) -> None:
    page = signed_in(city["head"]).get(f"{STAFF}?datum={old}")
    assert [code for code, _name in page.context["form"].units] == ["OLD", "SDN"]
    page = signed_in(city["boss"]).get(f"{STAFF}?datum={old}&enhet=OLD-A")
    assert (page.status_code, page.context["unit_name"]) == (200, "Enheten OLD-A")
    assert signed_in(city["boss"]).get(f"{STAFF}?datum={old}&enhet=OLD").status_code == 400
    assert (
        signed_in(city["contact"]).get(f"/uppfoljning/?datum={old}&enhet=OLD-A").status_code == 200
    )
    assert signed_in(city["auditor"]).get(f"/uppfoljning/?datum={old}&enhet=OLD").status_code == 200


def test_a_unit_asked_for_in_vain_can_be_changed(city: City, signed_in: SignIn) -> None:
    page = signed_in(city["boss"]).get(f"{STAFF}?enhet=B").content.decode()
    assert '<select name="enhet"' in page
    assert 'value="B"' not in page


def test_what_is_asked_for_wrongly_gives_no_file(city: City, signed_in: SignIn) -> None:
    response = signed_in(city["boss"]).get(f"{STAFF}export/csv/?enhet=A&status=xx")
    assert response.headers["Location"] == f"{STAFF}?enhet=A&status=xx"


def test_a_file_says_whose_it_is_and_how_many_it_leaves_out(city: City, signed_in: SignIn) -> None:
    employ(person("left"), "A", until=date(2024, 1, 1))
    response = signed_in(city["boss"]).get(f"{STAFF}export/csv/?datum=2023-06-30")
    assert response.headers["Content-Disposition"] == (
        'attachment; filename="medarbetare-A-2023-06-30.csv"'
    )
    last = response.content.decode().rstrip().splitlines()[-1]
    assert last == "och 1 person utanför din behörighet"


def test_a_workbook_shows_texts_as_they_are(city: City, signed_in: SignIn) -> None:
    city["anna"].first_name = "=1+1"
    city["anna"].save()
    book = load_workbook(BytesIO(signed_in(city["boss"]).get(f"{STAFF}export/xlsx/").content))
    cell = next(cell for cell in book.active["A"] if "1+1" in str(cell.value))
    assert (cell.value, cell.data_type) == ("=1+1 Efternamnanna", "s")
