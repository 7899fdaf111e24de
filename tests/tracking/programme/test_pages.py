"""Kunskapsmål: read by those who follow up, made and published by coordinators."""

import re
from collections.abc import Callable, Iterator
from datetime import date
from html import unescape

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from foundation.jobs.actions import run_job
from foundation.jobs.models import Job, JobState
from tests.factories import account, batch, completion, duty, employ, person, target, unit
from tests.hostile import hostile
from tracking.audit.models import AuditEntry, AuditEvent, AuditSubject
from tracking.ledger.models import Course, CourseForm
from tracking.organisation.models import DutyRole, Employment, Person, UnitKind, User
from tracking.programme.models import TargetDraft
from tracking.programme.typed import Typed
from tracking.targets.actions import publish_target
from tracking.targets.models import Target
from tracking.targets.rows import cells_of

pytestmark = pytest.mark.django_db

LIST = "/kunskapsmal/"
BEGIN = f"{LIST}utkast/"
City = dict[str, Person]


@pytest.fixture
def city() -> Iterator[City]:
    """Two districts of three, a target for one of them, and people who follow up."""
    cache.clear()
    with time_machine.travel("2024-05-15 12:00:00+02:00", tick=False):
        unit("STAD")
        unit("FARSTA", "STAD", UnitKind.DISTRICT_COMMITTEE)
        unit("BROMMA", "STAD", UnitKind.DISTRICT_COMMITTEE)
        keys = ("anna", "bo", "cecilia", "coordinator", "other", "contact", "boss", "staff")
        people = {key: person(key, key.capitalize()) for key in keys}
        people["hidden"] = person("hidden", "Hemlig", protected=True)
        for key, where in (("anna", "FARSTA"), ("bo", "FARSTA"), ("cecilia", "BROMMA")):
            employ(people[key], where)
        employ(people["hidden"], "BROMMA")
        employ(people["boss"], "FARSTA", is_manager=True, position="enhetschef")
        duty(people["coordinator"], DutyRole.COORDINATOR, "STAD")
        duty(people["other"], DutyRole.COORDINATOR, "STAD")
        duty(people["contact"], DutyRole.KEY_CONTACT, "FARSTA")
        Course.objects.create(code="KURS", name="Kursen", form=CourseForm.WEB, batch_in=batch())
        target(audience="enhet=FARSTA;befattning=handläggare", programme_goal="3", source="Planen")
        completion(people["anna"], date(2024, 2, 1))
        yield people


@pytest.fixture
def client(city: City) -> Client:
    return browser(city["coordinator"])


def browser(who: Person) -> Client:
    client = Client()
    client.force_login(account(who))
    return client


def text(response: HttpResponse) -> str:
    """What a page says, without its tags."""
    page = re.sub(r"(?s)<(script|style).*?</\1>|<[^>]+>", " ", response.content.decode())
    return re.sub(r"\s+", " ", unescape(page))


def begin(client: Client, purpose: str = "ny", code: str = "") -> str:
    answer = client.post(BEGIN, {"slag": purpose, "mal": code})
    return str(answer.headers["Location"])


def filled(**changes: object) -> dict[str, object]:
    """The fields of a page that say a whole target."""
    return {
        "namn": "Fråga om våld",
        "kod": "T2",
        "programmal": "3",
        "niva": "ska",
        "senast": "2024-12-31",
        "kalla": "Riktlinjerna, avsnitt 3",
        "grupp": ["0"],
        "g0-befattning": ["handläggare"],
        "kursval": ["0"],
        "k0-kurs": ["KURS"],
        **changes,
    }


def publish(client: Client, address: str) -> HttpResponse:
    page = client.get(f"{address}granska/")
    seen = page.context["seen"]
    return client.post(f"{address}granska/", {"sett": seen, "kod": page.context["said"].code})


def known(code: str) -> Target:
    found = Target.objects.known_now().get(code=code)
    assert isinstance(found, Target)
    return found


def test_the_list_has_every_goal_and_each_target_in_its_own(client: Client) -> None:
    page = client.get(LIST)
    found = {
        one.goal.code: [line.target.code for line in one.lines] for one in page.context["sections"]
    }
    assert found == {"1": [], "2": [], "3": ["T1"], "4": [], "5": [], "6": []}
    assert "Alla handläggare i Enheten FARSTA ska ha genomfört Kursen ." in text(page)
    assert "Källa: Planen" in text(page)


def test_managers_and_key_contacts_read_and_change_nothing(city: City) -> None:
    for key in ("boss", "contact"):
        reader = browser(city[key])
        assert reader.get(LIST).status_code == 200
        assert "Gör ett nytt mål" not in text(reader.get(LIST))
        assert reader.get(f"{LIST}mal/T1/").status_code == 200
        for address in (f"{LIST}andra/T1/", f"{LIST}avsluta/T1/"):
            assert reader.get(address).status_code == 403
        assert reader.post(BEGIN, {"slag": "ny"}).status_code == 403
    assert browser(city["staff"]).get(LIST).status_code == 403


def test_a_new_target_is_filled_in_looked_over_and_published(client: Client, city: City) -> None:
    address = begin(client)
    answer = client.post(address, filled(gor="granska"))
    assert answer.headers["Location"] == f"{address}granska/"
    page = client.get(f"{address}granska/")
    assert "Alla handläggare ska ha genomfört Kursen senast 31 december 2024 ." in text(page)
    answer = publish(client, address)
    assert answer.headers["Location"] == f"{LIST}mal/T2/"
    made = known("T2")
    assert (made.audience, made.courses, made.due_on) == (
        "befattning=handläggare",
        "KURS",
        date(2024, 12, 31),
    )
    assert made.batch_in.actor == account(city["coordinator"])
    assert TargetDraft.objects.count() == 0


def test_a_double_click_publishes_once_and_leads_to_the_target_twice(client: Client) -> None:
    address = begin(client)
    client.post(address, filled(gor="granska"))
    seen = client.get(f"{address}granska/").context["seen"]
    answers = [client.post(f"{address}granska/", {"sett": seen, "kod": "T2"}) for _ in range(2)]
    assert [answer.headers["Location"] for answer in answers] == [f"{LIST}mal/T2/"] * 2
    assert Target.objects.filter(code="T2").count() == 1


def test_what_is_wrong_is_said_at_its_place_and_nothing_typed_is_lost(client: Client) -> None:
    address = begin(client)
    wrong = filled(gor="granska", andel="hundratio", senast="i maj", kod="", kalla="Ett\nstycke")
    answer = client.post(address, wrong)
    assert answer.status_code == 400
    form = answer.context["form"]
    assert set(form.errors) == {"andel", "senast", "kod"}
    again = client.get(address).content.decode()
    assert 'value="hundratio"' in again
    assert 'value="i maj"' in again
    assert "Ett\nstycke" in again
    assert Typed.read(TargetDraft.objects.get().typed).groups[0].chosen


def test_a_day_is_read_as_people_write_it(client: Client) -> None:
    address = begin(client)
    client.post(address, filled(gor="granska", senast="31 maj 2026"))
    publish(client, address)
    assert known("T2").due_on == date(2026, 5, 31)


def test_a_draft_is_kept_for_its_owner_through_a_log_out_and_shown_to_nobody_else(
    client: Client, city: City
) -> None:
    address = begin(client)
    client.post(address, filled(gor="visa", namn="Halvfärdigt"))
    client.logout()
    assert "Halvfärdigt" in text(browser(city["coordinator"]).get(LIST))
    other = browser(city["other"])
    assert "Halvfärdigt" not in text(other.get(LIST))
    for path in ("", "granska/", "vilka/?vad=omfattas&enhet=STAD"):
        assert other.get(address + path).status_code == 404
    assert other.post(address, filled(gor="kasta")).status_code == 404


def test_rows_are_added_and_taken_away_by_buttons_that_post(client: Client) -> None:
    address = begin(client)
    adding = {"g1-enhet-till": "Enheten BROMMA (BROMMA)"}
    two = {"grupp": ["0", "1"], "kursval": ["0", "1"]}
    steps = [
        (filled(gor="grupp+"), "#grupp-1"),
        (filled(gor="kurs+", grupp=["0", "1"]), "#kurser-1"),
        (filled(gor="visa:g1-enhet-till", **two, **adding), "#g1-enhet-till"),
    ]
    for sent, place in steps:
        assert client.post(address, sent).headers["Location"] == address + place
    typed = Typed.read(TargetDraft.objects.get().typed)
    assert typed.audience == "befattning=handläggare | enhet=BROMMA"
    assert len(typed.courses) == 2
    client.post(address, filled(**{"gor": "grupp-:0", "grupp": ["0", "1"], "g1-enhet": ["BROMMA"]}))
    assert Typed.read(TargetDraft.objects.get().typed).audience == "enhet=BROMMA"


def test_as_text_and_back_and_an_error_that_points_at_the_character(client: Client) -> None:
    address = begin(client)
    client.post(address, filled(gor="text"))
    page = client.get(address)
    assert page.context["builder"].typed.text == "befattning=handläggare"
    wrong = "befattning=handläggare;lön=1"
    answer = client.post(address, filled(gor="mening", som="text", omfattar=wrong))
    page = client.get(answer.headers["Location"])
    marked = page.context["builder"].marked
    assert (marked.before, marked.at, marked.position) == ("befattning=handläggare;", "l", 24)
    assert f">{wrong}</textarea>" in page.content.decode()
    right = "befattning=handläggare;enhet=FARSTA | enhet=BROMMA;enhet=STAD"
    client.post(address, filled(gor="mening", som="text", omfattar=right))
    groups = client.get(address).context["builder"].groups
    assert [group.text for group in groups] == [None, "enhet=BROMMA;enhet=STAD"]


def test_what_nobody_knows_is_taken_with_a_warning(client: Client) -> None:
    address = begin(client)
    odd = {"g0-enhet": ["OKAND"], "g0-befattning": ["Kock"], "g0-enhetstyp": ["kontor"]}
    client.post(address, filled(gor="granska", **odd))
    doubts = client.get(f"{address}granska/").context["builder"].doubts
    assert len(doubts) == 3
    assert publish(client, address).status_code == 302
    assert known("T2").audience == "befattning=Kock;enhetstyp=kontor;enhet=OKAND"


def test_what_it_would_change_is_counted_by_district(client: Client) -> None:
    address = begin(client, "ratta", "T1")
    sent = filled(**{"gor": "visa", "g0-enhet": ["BROMMA"], "kod": "T1"})
    client.post(address, sent)
    effect = client.get(address).context["effect"]
    assert effect.as_of == date(2024, 5, 15)
    whole = effect.whole
    assert (whole.before.audience, whole.after.audience, whole.came, whole.left) == (2, 2, 2, 2)
    assert (whole.before.share, whole.after.share) == (50, 0)
    parts = {one.code: (one.came, one.left) for one in effect.parts}
    assert parts == {"BROMMA": (2, 0), "FARSTA": (0, 2)}


def test_in_a_large_city_it_is_worked_out_by_a_job(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tracking.programme.effect.MOST_AT_ONCE", 0)
    address = begin(client, "ratta", "T1")
    assert "Staden är stor" in text(client.get(address))
    answer = client.post(address, filled(gor="rakna", kod="T1"))
    job = Job.objects.get()
    assert answer.headers["Location"].endswith(f"{job.public_id}/")
    run_job(job.pk)
    job.refresh_from_db()
    assert job.state == JobState.DONE
    assert client.get(address).context["effect"].whole.people_after == 4


def test_who_would_come_in_is_named_and_logged_but_for_the_protected(
    client: Client, city: City
) -> None:
    address = begin(client, "ratta", "T1")
    client.post(address, filled(**{"gor": "visa", "g0-enhet": ["BROMMA"], "kod": "T1"}))
    page = client.get(f"{address}vilka/?vad=in&enhet=BROMMA")
    said = text(page)
    assert [one.name for one in page.context["shown"]] == [city["cecilia"].full_name]
    assert "Hemlig" not in said
    assert "Skyddade" not in said
    assert "och 1 person utanför din behörighet" in said
    [entry] = AuditEntry.objects.filter(event=AuditEvent.STAFF_SEEN)
    about = AuditSubject.objects.filter(entry=entry).values_list("person_id", flat=True)
    assert list(about) == [city["cecilia"].pk]
    left = client.get(f"{address}vilka/?vad=ut&enhet=FARSTA").context["shown"]
    assert {one.name for one in left} == {city["anna"].full_name, city["bo"].full_name}


def test_an_administrator_may_publish_and_sees_no_figures_and_nobody(city: City) -> None:
    client = Client()
    client.force_login(User.objects.create_superuser("administrator"))
    address = begin(client)
    client.post(address, filled(gor="visa"))
    page = client.get(address)
    assert page.context["sees_figures"] is False
    assert "omfattas" not in text(page)
    assert "Siffrorna visas för den som följer upp hela staden." in text(page)
    assert client.get(f"{address}vilka/?vad=omfattas&enhet=STAD").status_code == 404
    assert publish(client, address).status_code == 302


def test_what_somebody_else_has_published_is_shown_and_not_written_over(
    client: Client, city: City
) -> None:
    base = known("T1")
    address = begin(client, "ratta", "T1")
    client.post(address, filled(gor="visa", andel="70"))
    theirs = cells_of(base) | {"andel": "80"}
    publish_target(cells=theirs, base=base, actor=account(city["other"]))
    answer = publish(client, address)
    assert answer.status_code == 409
    assert known("T1").share == 80
    assert [(one.before, one.after) for one in answer.context["their_changes"]] == [("100", "80")]
    client.post(f"{address}granska/", {"gor": "bygg-om"})
    assert publish(client, address).status_code == 302
    assert known("T1").share == 70


def test_a_correction_that_says_the_same_changes_nothing(client: Client) -> None:
    Target.objects.update(audience="enhet=FARSTA; befattning=Handläggare,handläggare")
    page = client.get(f"{begin(client, 'ratta', 'T1')}granska/")
    assert page.context["said"].audience == known("T1").audience
    assert "Ingenting är annorlunda än förut." in text(page)
    assert "Publicera " not in text(page)


def test_only_what_was_looked_over_is_published(client: Client) -> None:
    address = begin(client)
    client.post(address, filled(gor="granska"))
    seen = client.get(f"{address}granska/").context["seen"]
    client.post(address, filled(gor="visa", andel="50"))
    answer = client.post(f"{address}granska/", {"sett": seen, "kod": "T2"})
    assert answer.status_code == 409
    assert not Target.objects.filter(code="T2").exists()


def test_a_new_target_from_a_day_on_ends_the_old_one_the_day_before(client: Client) -> None:
    address = begin(client, "ersatt", "T1")
    assert client.get(address).context["builder"].row["kod"] == "T1-2"
    client.post(address, filled(gor="granska", kod="T1-2", fran="2025-01-01", senast=""))
    effect = client.get(f"{address}granska/").context["effect"]
    assert effect.as_of == date(2025, 1, 1)
    assert publish(client, address).headers["Location"] == f"{LIST}mal/T1-2/"
    assert known("T1").valid_to == known("T1-2").valid_from == date(2025, 1, 1)


def test_a_target_is_ended_once_and_by_who_has_seen_it_as_it_is(client: Client) -> None:
    address, version = f"{LIST}avsluta/T1/", known("T1").pk
    assert client.post(address, {"till": "2024-06-30", "version": "0"}).status_code == 400
    for _ in range(2):
        answer = client.post(address, {"till": "2024-06-30", "version": str(version)})
        assert answer.headers["Location"] == f"{LIST}mal/T1/"
    assert known("T1").valid_to == date(2024, 7, 1)
    assert Target.objects.filter(code="T1").count() == 2


def test_a_target_tells_what_it_has_said_when_and_by_whom(client: Client, city: City) -> None:
    base = known("T1")
    publish_target(cells=cells_of(base) | {"andel": "80"}, base=base, actor=account(city["hidden"]))
    page = client.get(f"{LIST}mal/T1/")
    latest, first = page.context["page"].versions
    assert [(one.before, one.after) for one in latest.changes] == [("100", "80")]
    assert (first.changes, first.taken_away) == ([], latest.brought)
    assert latest.who == "någon med rätt att ändra mål"
    assert "Hemlig" not in text(page)


def test_hostile_strings_are_kept_and_do_nothing(client: Client) -> None:
    address = begin(client)
    elements = client.get(address).content.decode().count("<script")
    for one in hostile(20)[::9]:
        sent = filled(**{"gor": "visa", "namn": one, "kalla": one, "g0-enhet": [one]})
        sent |= {"g0-befattning-till": one, "k0-kurs-till": one, "som": "text", "omfattar": one}
        assert client.post(address, sent).status_code == 302
        page = client.get(address)
        assert page.status_code == 200
        assert page.content.decode().count("<script") == elements
        assert client.post(address, {**sent, "gor": "granska"}).status_code in {302, 400}


def test_whatever_is_posted_is_answered(client: Client) -> None:
    address = begin(client)
    for sent in ({"grupp": "x"}, {"grupp": ["0"] * 300, "gor": "grupp-:99"}, {"gor": "%00:\x00"}):
        assert client.post(address, sent).status_code in {200, 302}
    assert client.get(f"{address}vilka/?vad=x&enhet=STAD").status_code == 404
    assert client.get(f"{LIST}mal/FINNS-INTE/").status_code == 404
    assert client.get(f"{LIST}andra/a/b/../c/").status_code == 404


def queries(ask: Callable[[], HttpResponse]) -> int:
    ask()
    with CaptureQueriesContext(connection) as captured:
        assert ask().status_code == 200
    return len(captured)


def test_the_pages_ask_as_much_however_many_there_are(client: Client) -> None:
    address = begin(client)
    client.post(address, filled(gor="visa"))
    pages = (LIST, f"{LIST}mal/T1/", address, f"{address}granska/")
    few = [queries(lambda path=path: client.get(path)) for path in pages]
    for number in range(3):
        target(f"M{number}", audience="enhet=BROMMA")
        who = person(f"m{number}")
        Employment.objects.create(
            person=who, unit_code="BROMMA", valid_from=timezone.now().date(), batch_in=batch()
        )
    assert [queries(lambda path=path: client.get(path)) for path in pages] == few
