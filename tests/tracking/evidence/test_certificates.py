"""A certificate has a number nobody guesses, and a page that says no more than it must."""

import io
import re
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from foundation.brake import Brake
from foundation.intervals import STOCKHOLM
from tests.factories import completion, person, target
from tests.tracking.evidence.conftest import TODAY
from tracking.audit.models import AuditEntry, AuditEvent
from tracking.evidence.certificates.actions import restore, revoke
from tracking.evidence.certificates.queries import Standing, longest_validity, looked_up
from tracking.evidence.certificates.views import LOOK_UPS
from tracking.ledger.actions import issue_certificate, withdraw_completion
from tracking.ledger.models import Certificate
from tracking.ledger.numbers import ALPHABET, new_number, read_number, written
from tracking.organisation.models import Person, User

City = dict[str, Person]
SignIn = Callable[[Person], Client]
FEBRUARY = date(2024, 2, 1)
NOW = datetime(2024, 5, 15, 12, tzinfo=STOCKHOLM)


def user(who: Person) -> User:
    assert who.user is not None
    return who.user


def certificate(who: Person, course: str = "K1", on: date = FEBRUARY) -> Certificate:
    return issue_certificate(completion=completion(who, on, course))


NUMBERS = st.text(ALPHABET, min_size=19, max_size=19)


@given(drawn=NUMBERS)
def test_a_number_reads_as_it_was_written_however_it_is_typed(drawn: str) -> None:
    number = next(drawn + last for last in ALPHABET if read_number(drawn + last))
    assert [one for one in ALPHABET if read_number(drawn + one)] == [number[-1]]
    for typed in (written(number), written(number).lower(), f" {number[:9]} – {number[9:]} "):
        assert read_number(typed) == number


@given(place=st.integers(0, 19), other=st.integers(0, 19), wrong=st.sampled_from(ALPHABET))
def test_one_wrong_character_or_two_that_changed_places_are_found_out(
    place: int, other: int, wrong: str
) -> None:
    number = new_number()
    mistyped = number[:place] + wrong + number[place + 1 :]
    assert (read_number(mistyped) is None) == (mistyped != number)
    swapped = list(number)
    swapped[place], swapped[other] = swapped[other], swapped[place]
    assert (read_number("".join(swapped)) is None) == ("".join(swapped) != number)


@given(noise=st.text(max_size=60))
def test_noise_is_no_number(noise: str) -> None:
    found = read_number(noise)
    assert found is None or set(found) <= set(ALPHABET)


def test_numbers_are_in_five_groups_and_never_the_same(db: None) -> None:
    numbers = {new_number() for _one in range(200)}
    assert len(numbers) == 200
    assert all(
        re.fullmatch(r"([2-9A-HJKMNP-Z]{4}-){4}[2-9A-HJKMNP-Z]{4}", written(one)) for one in numbers
    )


@pytest.mark.usefixtures("courses")
def test_how_it_stands(city: City) -> None:
    one = certificate(city["anna"])

    def standing(on: date = TODAY) -> Standing | None:
        shown = looked_up(one.written_number.lower(), on)
        return shown.standing if shown else None

    assert standing() == Standing.VALID
    assert longest_validity("K1", TODAY) is None  # no target names it
    target("T2", "K1", validity_months=2, audience="befattning=ingen")
    assert standing(date(2024, 4, 1)) == Standing.VALID
    assert standing(date(2024, 4, 2)) == Standing.EXPIRED
    target("T3", "DAG|K1+DAG", validity_months=12)
    assert standing(date(2025, 2, 1)) == Standing.VALID  # where it counts longest
    assert standing(date(2025, 2, 2)) == Standing.EXPIRED
    target("T4", "K1", validity_months=None, valid_to=date(2024, 6, 1))
    assert longest_validity("K1", TODAY) is None
    assert longest_validity("K1", date(2024, 6, 1)) == 12  # a target that has ended asks nothing
    by = user(city["coordinator"])
    assert revoke(certificate=one, reason="Fel person", actor=by, now=NOW)
    assert not revoke(certificate=one, reason="Igen", actor=by, now=NOW)
    assert standing() == Standing.WITHDRAWN
    assert restore(certificate=one, actor=by)
    assert not restore(certificate=one, actor=by)
    assert standing() == Standing.VALID
    withdraw_completion(completion=one.completion, actor=None)
    assert standing() == Standing.WITHDRAWN
    assert AuditEntry.objects.filter(event=AuditEvent.CERTIFICATE_REVOKED).count() == 2


@pytest.mark.usefixtures("courses")
@pytest.mark.parametrize("who", ["anna", "hidden"])
def test_the_page_says_course_day_and_standing_and_nothing_of_the_holder(
    city: City, who: str
) -> None:
    whose = city[who]
    whose.first_name, whose.last_name, whose.email = "Förkanarie", "Efterkanarie", "kanarie@x.se"
    whose.person_id = "NYCKEL-7"
    whose.save()
    one = certificate(whose)
    answer = Client().get(f"/intyg/{one.written_number}/")
    page = answer.content.decode()
    assert answer.status_code == 200
    for said in ("Kursen K1", "1 februari 2024", "Giltigt", one.written_number):
        assert said in page
    for hidden in ("anarie", whose.person_id, str(whose.public_id), str(one.public_id), "Enheten"):
        assert hidden not in page.replace(one.written_number, "")
    assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert "no-store" in answer.headers["Cache-Control"]
    assert not answer.cookies
    assert re.findall(r'(?:src|href|action)="(?:https?:)?//', page) == []


@pytest.mark.usefixtures("courses")
def test_numbers_that_are_none_are_answered_alike_and_asked_for_alike(city: City) -> None:
    known = certificate(city["anna"]).written_number
    client, asked, bodies = Client(), {}, {}
    client.get(f"/intyg/{known}/")
    for name, said in (("known", known), ("unknown", written(new_number())), ("noise", "x")):
        with CaptureQueriesContext(connection) as counted:
            answer = client.get(f"/intyg/{said}/")
        asked[name] = [re.sub(r"'[^']*'|\d+", "?", one["sql"]) for one in counted]
        bodies[name] = (answer.status_code, answer.content)
    assert bodies["unknown"] == bodies["noise"]
    assert bodies["unknown"][0] == 404
    assert asked["known"] == asked["unknown"] == asked["noise"]


def test_a_typed_number_leads_to_its_page(db: None) -> None:
    number = new_number()
    typed = f" {written(number).lower().replace('-', ' ')} "
    answer = Client().get("/intyg/", {"nummer": typed})
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/intyg/{number}/")
    assert Client().get("/intyg/", {"nummer": ""}).status_code == 400
    assert Client().get("/intyg/", {"nummer": "../åäö"}).headers["Location"] == "/intyg/-/"


def test_a_machine_that_tries_numbers_is_stopped(db: None) -> None:
    cache.clear()
    client = Client()
    answers = [client.get("/intyg/x/").status_code for _one in range(LOOK_UPS.burst + 1)]
    assert answers == [404] * LOOK_UPS.burst + [429]
    assert Brake.objects.count() == 1
    assert client.get("/intyg/x/").headers["Retry-After"]


def text_of(content: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)


@pytest.mark.usefixtures("courses")
def test_the_pdf_is_tagged_one_page_and_its_holders_alone(city: City, signed_in: SignIn) -> None:
    one = certificate(city["anna"])
    address = f"/intyg/{one.public_id}/pdf/"
    answer = signed_in(city["anna"]).get(address)
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    reader = PdfReader(io.BytesIO(answer.content))
    assert len(reader.pages) == 1
    root: Any = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"].startswith("sv")
    metadata = root["/Metadata"].get_data().decode()
    assert "pdfuaid:part" in metadata
    assert "pdfaid:part" in metadata
    text = text_of(answer.content)
    for said in ("Anna Efternamnanna", "Kursen K1", "1 februari 2024", one.written_number):
        assert said in text
    for who in ("boss", "coordinator", "bo"):
        assert signed_in(city[who]).get(address).status_code == 404
    revoke(certificate=one, reason="Fel", actor=user(city["coordinator"]), now=NOW)
    assert signed_in(city["anna"]).get(address).status_code == 404


@pytest.mark.usefixtures("courses")
def test_the_name_of_somebody_protected_is_never_printed(city: City, signed_in: SignIn) -> None:
    one = certificate(city["hidden"])
    answer = signed_in(city["hidden"]).get(f"/intyg/{one.public_id}/pdf/")
    text = text_of(answer.content)
    assert "Hemlig" not in text
    assert "Efternamnhidden" not in text
    assert "Namn" in text  # and a line to write it on


@pytest.mark.usefixtures("courses")
def test_nothing_in_a_name_is_markup(city: City, signed_in: SignIn) -> None:
    whose = city["anna"]
    whose.first_name, whose.last_name = "#panic()", "*[\u202e$x$]\\"
    whose.save()
    one = certificate(whose)
    answer = signed_in(whose).get(f"/intyg/{one.public_id}/pdf/")
    assert answer.status_code == 200
    assert "#panic()" in text_of(answer.content)


@pytest.mark.usefixtures("courses")
def test_a_coordinator_revokes_by_number_and_the_holder_reads_why(
    city: City, signed_in: SignIn
) -> None:
    one = certificate(city["anna"])
    client = signed_in(city["coordinator"])
    page = "/datakvalitet/intyg/"
    wrong = client.post(page, {"nummer": written(new_number()), "skal": "Fel"})
    assert wrong.context["form"].errors["nummer"] == ["Det finns inget intyg med det numret."]
    form = {"nummer": one.written_number.lower(), "skal": "Utfärdat till fel person"}
    assert client.post(page, form).status_code == 303
    assert "Återkallat" in Client().get(f"/intyg/{one.written_number}/").content.decode()
    own = signed_in(city["anna"]).get(f"/intyg/{one.public_id}/").content.decode()
    assert "Utfärdat till fel person" in own
    assert client.post(f"{page}{one.pk}/giltigt/").status_code == 303
    assert "Giltigt" in Client().get(f"/intyg/{one.written_number}/").content.decode()
    shown = client.get(page).content.decode()
    assert "Efternamnanna" not in shown


def test_somebody_without_the_right_revokes_nothing(city: City, signed_in: SignIn) -> None:
    one = certificate(city["anna"])
    form = {"nummer": one.written_number, "skal": "Nej"}
    for who in ("boss", "head", "contact", "auditor", "anna"):
        assert signed_in(city[who]).post("/datakvalitet/intyg/", form).status_code == 403
    one.refresh_from_db()
    assert one.revoked_at is None


def test_each_completion_has_one(city: City) -> None:
    done = completion(person("nisse"), FEBRUARY)
    assert issue_certificate(completion=done) == issue_certificate(completion=done)
