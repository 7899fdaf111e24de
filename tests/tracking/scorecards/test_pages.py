"""What a key contact and a coordinator do on the pages, and what others are refused."""

import re
from collections.abc import Callable
from dataclasses import replace

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories import account, completion, duty, employ, person, unit
from tests.tracking.scorecards.making import DONE, TODAY, report, sign, undertaking
from tracking.audit.models import AuditEntry, AuditEvent
from tracking.organisation.models import DutyRole, Person, UnitKind
from tracking.scorecards.models import (
    PeriodClosing,
    Reopening,
    ReportingPeriod,
    Scorecard,
    SignOff,
    Undertaking,
    UndertakingReport,
)

pytestmark = pytest.mark.django_db
City = dict[str, Person]
SignIn = Callable[[Person], Client]
CARD = "/styrkort/SDN-1/"
PERIOD = "?period=2026-T2"
DATA = re.compile(
    r'<data value="(\d*)" data-unit="([^"]+)" data-target="([^"]+)" data-measure="([^"]+)">'
)


@pytest.fixture
def client_of(city: City) -> Callable[[str], Client]:
    def sign_in(who: str) -> Client:
        client = Client()
        client.force_login(account(city[who]))
        return client

    return sign_in


def _form(one: Undertaking, **said: object) -> dict[str, object]:
    return {"status": "pagar", "kommentar": "Vi har börjat", "version": 0, **said}


def _page(one: Undertaking) -> str:
    return f"{CARD}atagande/{one.public_id}/{PERIOD}"


def test_what_is_filled_in_is_saved_and_the_next_one_opened(
    client_of: Callable[[str], Client], undertakings: list[Undertaking]
) -> None:
    first, second, _third = undertakings
    client = client_of("contact")
    said = _form(first, lankar=" https://exempel.se/rutin \n", nasta="1", diarienummer="2026/1")
    answer = client.post(_page(first), said)
    assert answer.headers["Location"] == _page(second)
    kept = UndertakingReport.objects.get()
    assert (kept.status, kept.comment, kept.links, kept.reference, kept.version) == (
        "pagar",
        "Vi har börjat",
        "https://exempel.se/rutin",
        "2026/1",
        1,
    )
    assert "Vi har börjat" in client.get(CARD + PERIOD).content.decode()


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "ftp://exempel.se/", "exempel", "file:///"]
)
def test_a_link_that_is_no_web_address_is_refused_and_nothing_typed_is_lost(
    client_of: Callable[[str], Client], undertakings: list[Undertaking], link: str
) -> None:
    answer = client_of("contact").post(
        _page(undertakings[0]), _form(undertakings[0], lankar=link, kommentar="Mycket text")
    )
    assert answer.status_code == 400
    assert answer.context["form"].errors.keys() == {"lankar"}
    assert "Mycket text" in answer.content.decode()
    assert not UndertakingReport.objects.exists()


def test_both_texts_are_shown_when_somebody_else_saved_meanwhile(
    city: City,
    client_of: Callable[[str], Client],
    period: ReportingPeriod,
    undertakings: list[Undertaking],
) -> None:
    report(city["contact"], period, undertakings[0], replace(DONE, comment="Kollegans text"))
    client, said = client_of("contact"), _form(undertakings[0], kommentar="Min text")
    answer = client.post(_page(undertakings[0]), said)
    page = answer.content.decode()
    assert (answer.status_code, "Kollegans text" in page, "Min text" in page) == (409, True, True)
    version = answer.context["form"]["version"].value()
    client.post(_page(undertakings[0]), {**said, "version": version})
    assert UndertakingReport.objects.get().comment == "Min text"


def test_the_comment_on_the_period_is_kept_and_shown(
    client_of: Callable[[str], Client], undertakings: list[Undertaking]
) -> None:
    client = client_of("contact")
    client.post(f"{CARD}kommentar/{PERIOD}", {"kommentar": "En god period", "version": 0})
    assert Scorecard.objects.get().comment == "En god period"
    late = client.post(f"{CARD}kommentar/{PERIOD}", {"kommentar": "En annan", "version": 0})
    page = late.content.decode()
    assert (late.status_code, "En god period" in page, "En annan" in page) == (409, True, True)


def test_the_figures_beside_an_undertaking_are_the_live_ones(
    city: City, client_of: Callable[[str], Client], undertakings: list[Undertaking]
) -> None:
    page = client_of("contact").get(CARD + PERIOD).content.decode()
    assert ("50", "SDN-1", "T1", "andel") in DATA.findall(page)
    assert ("1", "SDN-1", "T1", "klara") in DATA.findall(page)


def test_what_is_signed_stands_beside_what_is_known_now(
    city: City,
    client_of: Callable[[str], Client],
    period: ReportingPeriod,
    undertakings: list[Undertaking],
) -> None:
    client = client_of("contact")
    for one in undertakings[:2]:
        client.post(_page(one), _form(one))
    assert client.get(f"{CARD}signera/{PERIOD}").context["gaps"] == []
    assert client.post(f"{CARD}signera/{PERIOD}").status_code == 302
    with time_machine.travel("2026-09-20 11:00:00+02:00", tick=False):
        completion(city["hidden"], TODAY.replace(month=5))
        client = client_of("contact")  # the session of ten days ago has ended
        page = client.get(CARD + PERIOD)
        comparison = client.get(page.context["difference_url"])
    [pair] = page.context["pairs"]
    assert (pair.then.done, pair.now.done, pair.differs) == (1, 2, True)
    html = page.content.decode()
    assert ("1", "SDN-1", "T1", "klara") in DATA.findall(html)
    assert ("2", "SDN-1", "T1", "klara") in DATA.findall(html)
    assert "jamfor_kand=2026-09-10" in page.context["difference_url"]
    assert comparison.status_code == 200


def test_what_is_missing_is_said_and_nothing_is_signed(
    client_of: Callable[[str], Client], undertakings: list[Undertaking]
) -> None:
    client = client_of("contact")
    page = client.get(f"{CARD}signera/{PERIOD}")
    assert [gap for _one, gap in page.context["gaps"]] == ["status saknas"] * 2
    assert client.post(f"{CARD}signera/{PERIOD}").status_code == 409
    assert not SignOff.objects.exists()


def test_it_is_opened_again_with_a_reason_and_the_old_one_can_be_read(
    city: City,
    client_of: Callable[[str], Client],
    period: ReportingPeriod,
    undertakings: list[Undertaking],
) -> None:
    for one in undertakings[:2]:
        report(city["contact"], period, one, replace(DONE, comment="Första versionen"))
    sign(city["contact"], period)
    client = client_of("contact")
    assert client.post(f"{CARD}oppna/{PERIOD}", {"skal": ""}).status_code == 400
    client.post(f"{CARD}oppna/{PERIOD}", {"skal": "Fel text"})
    assert Reopening.objects.get().reason == "Fel text"
    one = undertakings[0]
    client.post(_page(one), _form(one, kommentar="Andra versionen", version=1))
    old = client.get(f"{CARD}version/1/{PERIOD}").content.decode()
    assert "Första versionen" in old
    assert "Andra versionen" not in old


def test_nobody_signs_for_another_committee_and_a_coordinator_not_at_all(
    client_of: Callable[[str], Client], undertakings: list[Undertaking]
) -> None:
    pages = [_page(undertakings[0]), *(f"{CARD}{page}/{PERIOD}" for page in ("signera", "eget"))]
    said = {
        who: [client_of(who).post(page, _form(undertakings[0])).status_code for page in pages]
        for who in ("other", "coordinator", "auditor", "head", "chief", "staff")
    }
    assert said == {
        "other": [404, 404, 404],
        "coordinator": [403, 403, 403],
        "auditor": [403, 403, 403],
        "head": [403, 403, 403],
        "chief": [404, 404, 404],
        "staff": [404, 404, 404],
    }


def test_somebody_responsible_is_chosen_by_the_whole_address_only(
    city: City, client_of: Callable[[str], Client], undertakings: list[Undertaking]
) -> None:
    one, client = undertakings[0], client_of("contact")
    for wrong in ("staff@", "hidden@exempel.se", "nobody@exempel.se", "Staff"):
        answer = client.post(_page(one), _form(one, ansvarig=wrong))
        assert answer.context["form"].errors["ansvarig"] == [
            "Ingen i nämnden med den adressen kan väljas."
        ]
    client.post(_page(one), _form(one, ansvarig="STAFF@exempel.se"))
    assert UndertakingReport.objects.get().responsible == city["staff"]
    page = client.get(_page(one)).content.decode()
    assert "Efternamnstaff" not in page
    client.post(_page(one), _form(one, ta_bort="on", version=1))
    assert UndertakingReport.objects.get().responsible is None


def test_who_manages_and_follows_up_sees_the_name_and_it_is_written_down(
    city: City,
    client_of: Callable[[str], Client],
    period: ReportingPeriod,
    undertakings: list[Undertaking],
) -> None:
    duty(city["contact"], DutyRole.MANAGER, "SDN-1")
    report(city["contact"], period, undertakings[0], replace(DONE, responsible=city["staff"]))
    assert "Efternamnstaff" in client_of("contact").get(_page(undertakings[0])).content.decode()
    seen = AuditEntry.objects.get(event=AuditEvent.STAFF_SEEN)
    assert [one.person for one in seen.subjects.all()] == [city["staff"]]
    city["staff"].protected = True
    city["staff"].save()
    page = client_of("contact").get(_page(undertakings[0])).content.decode()
    assert "Efternamnstaff" not in page


def test_the_city_sees_who_has_signed_and_who_has_not_and_closes(
    city: City,
    client_of: Callable[[str], Client],
    period: ReportingPeriod,
    undertakings: list[Undertaking],
) -> None:
    for one in undertakings[:2]:
        report(city["contact"], period, one)
    sign(city["contact"], period)
    report(city["other"], period, undertakings[0], code="SDN-2")
    client = client_of("coordinator")
    page = client.get(f"/styrkort/staden/{PERIOD}")
    rows = {row.committee.code: row for row in page.context["city"].committees}
    assert {code: (row.word, row.total) for code, row in rows.items()} == {
        "SN": ("Inget skrivet än", 1),
        "SDN-1": ("Signerat", 2),
        "SDN-2": ("Pågår", 2),
        "BF": ("Inget skrivet än", 2),
    }
    over_all = {
        row.undertaking.code: (row.cells, row.unsigned)
        for _goal, lines in page.context["city"].sections
        for row in lines
    }
    assert over_all == {
        "U1": ([0, 0, 1, 0, 0], 1),
        "U2": ([0, 0, 1, 0, 0], 3),
        "U3": ([0, 0, 0, 0, 0], 1),
    }
    assert client_of("auditor").get(f"/styrkort/staden/{PERIOD}").status_code == 200
    assert client_of("auditor").post(f"/styrkort/staden/stang/{PERIOD}").status_code == 403
    assert client.post(f"/styrkort/staden/stang/{PERIOD}").status_code == 302
    assert PeriodClosing.objects.get().signed_by == account(city["coordinator"])
    closed = client.get(f"/styrkort/staden/{PERIOD}").context["city"]
    assert [row.word for row in closed.unsigned] == ["Ej rapporterat"] * 3


def test_a_period_is_not_closed_before_its_last_day(
    city: City, client_of: Callable[[str], Client], undertakings: list[Undertaking]
) -> None:
    client = client_of("coordinator")
    assert client.post("/styrkort/staden/stang/?period=2026-VB").status_code == 409
    assert not PeriodClosing.objects.exists()


def test_the_day_to_report_is_the_coordinator_s_to_set(
    client_of: Callable[[str], Client], period: ReportingPeriod
) -> None:
    client = client_of("coordinator")
    assert client.post("/styrkort/perioder/2026-T2/", {"senast": "2026-08-30"}).status_code == 400
    client.post("/styrkort/perioder/2026-T2/", {"senast": "2026-09-25"})
    assert str(ReportingPeriod.objects.get(code="2026-T2").report_by) == "2026-09-25"


def test_a_coordinator_enters_the_plan_lets_it_go_on_and_changes_a_row(
    city: City, client_of: Callable[[str], Client], period: ReportingPeriod
) -> None:
    client = client_of("coordinator")
    client.post("/styrkort/ataganden/las-in/")
    client.post("/styrkort/ataganden/fortsatt/", {"skal": "Tills ett nytt program finns"})
    one = Undertaking.objects.get(code="2021-20")
    assert (one.valid_to, one.version) == (None, 2)
    address = f"/styrkort/ataganden/{one.public_id}/"
    form = client.get(f"{address}andra/").context["form"]
    said = {name: form[name].value() for name in form.fields if form[name].value() is not None}
    client.post(f"{address}andra/", {**said, "namn": "Sprida kursen", "skal": "Kortare"})
    one.refresh_from_db()
    assert (one.title, one.goal_is_inferred, one.recipient_is_inferred) == (
        "Sprida kursen",
        True,
        False,
    )
    latest, first = client.get(address).context["changes"]
    assert [line.label for line in latest.differences] == ["Åtagande"]
    assert [(line.before, line.after) for line in first.differences] == [
        ("31 december 2025", "tills vidare")
    ]
    assert client_of("contact").get(f"{address}andra/").status_code == 403


def test_a_committee_adds_and_changes_its_own(
    client_of: Callable[[str], Client], undertakings: list[Undertaking]
) -> None:
    said = {"namn": "Eget", "agare": "Avdelningen", "fran": "2026-01-01", "programmal": ""}
    client_of("contact").post(f"{CARD}eget/{PERIOD}", said)
    own = Undertaking.objects.get(committee="SDN-1")
    address = f"/styrkort/ataganden/{own.public_id}/"
    assert [client_of(who).get(address).status_code for who in ("contact", "coordinator")] == [
        200,
        200,
    ]
    assert [client_of(who).get(address).status_code for who in ("other", "chief")] == [404, 404]
    assert client_of("coordinator").get(f"{address}andra/").status_code == 403


def test_the_start_page_of_a_key_contact_is_the_scorecard(
    client_of: Callable[[str], Client], undertakings: list[Undertaking]
) -> None:
    answer = client_of("contact").get("/", follow=True)
    assert [address for address, _status in answer.redirect_chain] == ["/styrkort/", CARD]


def test_a_scorecard_and_the_city_ask_as_much_whatever_the_numbers(
    city: City, client_of: Callable[[str], Client], undertakings: list[Undertaking]
) -> None:
    contact, coordinator = client_of("contact"), client_of("coordinator")
    addresses = ((contact, CARD + PERIOD), (coordinator, f"/styrkort/staden/{PERIOD}"))

    def asked() -> list[int]:
        found = []
        for client, address in addresses:
            client.get(address)  # the figures of the day are counted once
            with CaptureQueriesContext(connection) as queries:
                assert client.get(address).status_code == 200
            found.append(len(queries))
        return found

    before = asked()
    for number in range(3):
        undertaking(f"N{number}", recipient_kinds=["stadsdelsnamnd"], targets=["T1"])
        unit(f"SDN-N{number}", "STAD", UnitKind.DISTRICT_COMMITTEE)
        employ(person(f"ny{number}"), f"SDN-N{number}")
    assert asked() == before
