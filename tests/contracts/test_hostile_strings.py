"""Hostile strings as names, units, roles, answers and file names stay whole, and do nothing.

Pages are parsed back, workbooks opened, files read again: what comes out is what went in.
"""

import csv
import io
import json
import re
import unicodedata
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import quote

import openpyxl
import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header

from courses.h5p.player.views import frame_address
from courses.h5p.results.models import H5PState, H5PStatement
from courses.h5p.store.models import H5PContent, H5PVersion
from courses.learning.interactive import placed_in
from foundation.cells import BadValue, code, email, person_key, text
from foundation.formats import (
    FORMULA_STARTS,
    file_name,
    inert,
    write_csv,
    write_file,
    write_xlsx,
)
from quizzes.attempts.models import Answer
from tests.contracts.small_city import small_city
from tests.courses.h5p.results.said import entry, statement
from tests.courses.h5p.stored import store_library, store_version
from tests.courses.makers import make_course, make_lesson, make_user, screen, signed_in
from tests.factories import LONG_AGO, account, batch, duty, employ, person, target, unit
from tests.hostile import LONG, OWN, UNSAYABLE, hostile, naughty_strings
from tests.tracking.commands import load
from tests.tracking.imports.base_city import refusal, write
from tests.tracking.rows import Batch
from tests.tracking.status.situations import CITY, FIRST_LOAD, employment
from tracking.organisation.models import DutyRole, Employment, Person, Unit, UnitKind, User
from tracking.targets.models import Target

STRINGS = hostile(100)


class Seen(HTMLParser):
    """The elements of a page in order, and its text."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[str] = []
        self.texts: list[str] = []
        self.attributes: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(tag)
        self.attributes += [name for name, _value in attrs]

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def test_the_list_is_the_public_one() -> None:
    assert len(naughty_strings()) > 450
    assert len(STRINGS) > 400


def read_csv(content: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content, newline=""), delimiter=";", strict=True))


def test_a_file_for_machines_says_exactly_what_it_was_given() -> None:
    file = io.StringIO(newline="")
    given = [*STRINGS, LONG]
    write_csv(file, ["text"], [[one] for one in given])
    assert [row[0] for row in read_csv(file.getvalue())[1:]] == given


def test_a_file_for_people_begins_no_cell_as_a_formula_and_loses_nothing() -> None:
    file = io.StringIO(newline="")
    write_csv(file, ["text"], [[inert(one)] for one in STRINGS])
    found = [row[0] for row in read_csv(file.getvalue())[1:]]
    assert [one for one in found if one.startswith(FORMULA_STARTS)] == []
    plain = [one.removeprefix("'") if one[1:].startswith(FORMULA_STARTS) else one for one in found]
    assert plain == STRINGS


def test_a_workbook_gives_back_its_text_and_holds_no_formula(tmp_path: Path) -> None:
    path = tmp_path / "fil.xlsx"
    given = [*STRINGS, LONG]
    write_xlsx(path, ["=1+1"], [[one] for one in given])
    sheet = openpyxl.load_workbook(path).worksheets[0]
    cells = [row[0] for row in sheet.iter_rows()]
    assert {cell.data_type for cell in cells} <= {"s", "inlineStr"}
    assert [cell.hyperlink for cell in cells if cell.hyperlink] == []
    # A line break is one character in a workbook, however it was written.
    assert [_one_break(str(cell.value)) for cell in cells[1:]] == [_one_break(one) for one in given]


def _one_break(text: str) -> str:
    return re.sub(r"\r\n?|_x000D_\n?", "\n", text).replace("_x005F_", "_")


def test_what_no_file_can_say_is_replaced_by_a_sign_of_it(tmp_path: Path) -> None:
    for ending in ("csv", "xlsx"):
        write_file(tmp_path / f"fil.{ending}", ["text"], [["halv\ud800"], ["sist\uffff"]])
    rows = read_csv((tmp_path / "fil.csv").read_text(encoding="utf-8-sig"))
    book = openpyxl.load_workbook(tmp_path / "fil.xlsx").worksheets[0]
    assert [row[0] for row in rows[1:]] == ["halv\ufffd", "sist\ufffd"]
    assert [row[0].value for row in book.iter_rows(min_row=2)] == ["halv\ufffd", "sist\ufffd"]


@pytest.mark.parametrize("column", [text(200), code, email, person_key])
def test_a_column_takes_a_value_exactly_or_says_what_was_expected(column) -> None:  # type: ignore[no-untyped-def]
    for one in [*STRINGS, *UNSAYABLE, LONG]:
        try:
            assert column(one) == one
        except BadValue as error:
            assert str(error)


@pytest.mark.parametrize("column", [text(200), code, email, person_key])
def test_no_column_takes_what_no_file_can_say(column) -> None:  # type: ignore[no-untyped-def]
    for one in UNSAYABLE:
        with pytest.raises(BadValue):
            column(f"{one}@exempel.se")


def test_the_name_of_a_file_is_only_letters_digits_and_dashes() -> None:
    for one in [*STRINGS, *UNSAYABLE, LONG]:
        name = file_name(f"medarbetare-{one}-2024-05-15", "csv")
        assert re.fullmatch(r"medarbetare[\w.-]*\.csv", name)
        assert len(name) < 120
        header = content_disposition_header(as_attachment=True, filename=name) or ""
        assert header.isascii()
        assert not re.search(r"[\r\n/\\]|\.\.", header.partition(";")[2])


@pytest.mark.django_db
def test_a_file_of_hostile_names_is_taken_exactly(tmp_path: Path) -> None:
    load(tmp_path, Batch("organisation", (CITY,), FIRST_LOAD))
    names = [one for one in STRINGS if _taken(one)]
    assert len(names) > 350
    rows = [
        employment(f"P{number}", "STAD", "2020-01-01", fornamn=one, befattning=one)
        for number, one in enumerate(names)
    ]
    load(tmp_path, Batch("staff", tuple(rows), FIRST_LOAD))
    stored = dict(Person.objects.values_list("person_id", "first_name"))
    assert [stored[f"P{number}"] for number in range(len(names))] == [_normal(n) for n in names]


@pytest.mark.django_db
def test_what_can_not_be_said_is_refused_with_its_place(tmp_path: Path) -> None:
    load(tmp_path, Batch("organisation", (CITY,), FIRST_LOAD))
    row = employment("P1", "STAD", "2020-01-01", fornamn="klocka\x07\x1b[31m")
    said = refusal("staff", write(tmp_path, "staff", [row]))
    assert said is not None
    assert "fornamn" in said
    assert "\x1b" not in said


def _taken(one: str) -> bool:
    try:
        return bool(text(100)(_normal(one)))
    except BadValue:
        return False


def _normal(one: str) -> str:
    return unicodedata.normalize("NFC", one).strip()


@pytest.fixture
def head(db: None, client: Client) -> Client:
    """A browser of a head of district who follows figures up too."""
    cache.clear()
    unit("STAD")
    unit("SDN", "STAD", UnitKind.DISTRICT_COMMITTEE)
    unit("EB", "SDN")
    unit("EC", "SDN")
    who = person("chef")
    employ(who, "SDN", is_manager=True)
    duty(who, DutyRole.KEY_CONTACT, "SDN")
    target()
    client.force_login(account(who))
    return client


def _staff(count: int) -> list[Person]:
    """People with ordinary names, each with a role of their own."""
    Person.objects.bulk_create(Person(person_id=f"P{n}") for n in range(count))
    people = list(Person.objects.filter(person_id__startswith="P").order_by("pk"))
    Employment.objects.bulk_create(
        Employment(person=who, unit_code="EB", valid_from=LONG_AGO, batch_in=batch())
        for who in people
    )
    _rename(people, [f"Namn {n}" for n in range(count)])
    return people


def _rename(people: list[Person], names: list[str]) -> None:
    for who, name in zip(people, names, strict=True):
        who.first_name = who.last_name = name
    Person.objects.bulk_update(people, ["first_name", "last_name"])
    held = list(Employment.objects.filter(person__in=people).order_by("person_id"))
    for one, name in zip(held, names, strict=True):
        one.position = name
    Employment.objects.bulk_update(held, ["position"])


def test_a_list_shows_hostile_names_as_they_are_and_not_an_element_more(head: Client) -> None:
    chunk = 95  # a page has a hundred rows
    people = _staff(chunk)
    ordinary = Seen(head.get("/medarbetare/?enhet=EB").content.decode())
    for first in range(0, len(STRINGS) - chunk, chunk):
        names = STRINGS[first : first + chunk]
        _rename(people, names)
        page = Seen(head.get("/medarbetare/?enhet=EB").content.decode())
        assert page.elements == ordinary.elements
        assert page.attributes == ordinary.attributes
        shown = sorted(one for one in page.texts if one in {f"{n} {n}" for n in names})
        assert shown == sorted(f"{name} {name}" for name in names)
        rows = read_csv(head.get("/medarbetare/export/csv/?enhet=EB").content.decode("utf-8-sig"))
        assert sorted(row[0] for row in rows[1:]) == sorted(str(inert(f"{n} {n}")) for n in names)
        assert sorted(row[1] for row in rows[1:]) == sorted(str(inert(n)) for n in names)


def test_a_persons_page_and_title_show_a_hostile_name_as_it_is(head: Client) -> None:
    (who,) = _staff(1)
    address = f"/medarbetare/{who.public_id}/"
    ordinary = Seen(head.get(address).content.decode())
    for name in map(str.strip, OWN):
        _rename([who], [name])
        page = Seen(head.get(address).content.decode())
        assert page.elements == ordinary.elements
        assert f"{name} {name}" in "".join(page.texts)


def test_hostile_names_of_units_and_targets_stay_text(head: Client) -> None:
    _staff(1)
    pages = ("/uppfoljning/", "/medarbetare/", "/medarbetare/?enhet=EB")
    ordinary = {page: Seen(head.get(page).content.decode()) for page in pages}
    for name in map(str.strip, OWN):
        Unit.objects.update(name=name)
        Target.objects.update(name=name)
        cache.clear()
        for page in pages:
            now = Seen(head.get(page).content.decode())
            assert now.elements == ordinary[page].elements
            assert name in "".join(now.texts)


def test_hostile_questions_get_an_answer(head: Client) -> None:
    _staff(1)
    page, export = "/medarbetare/", "/medarbetare/export/csv/"
    for one in [*OWN, *UNSAYABLE[:-2], LONG[:400]]:
        asked = dict.fromkeys(["namn", "befattning", "sortera", "sida"], one) | {"enhet": "EB"}
        assert head.get(page, asked).status_code == 200
        assert head.get(export, asked).status_code in {200, 302}
        assert head.get(page, {"enhet": one}).status_code == 400
        assert head.get(page, {"datum": one}).status_code in {200, 400}  # one of them is a day
        assert head.get("/uppfoljning/", {"enhet": one}).status_code == 400


def test_hostile_addresses_lead_nowhere(head: Client) -> None:
    for one in [*OWN, *UNSAYABLE[:-2]]:
        for below in ("/media/", "/medarbetare/export/", "/prov/fraga/", "/jobb/", "/kurser/"):
            answer = head.get(below + quote(one, safe=""))
            assert answer.status_code in {301, 400, 404}


@pytest.mark.django_db
def test_hostile_answers_are_refused_or_count_as_no_answer() -> None:
    city = small_city()
    browser = city.signed_in("medarbetare")
    address = f"/prov/{city.things['attempt']}/svar/"
    for number, one in enumerate([*OWN, *UNSAYABLE, LONG]):
        answer = {"position": 1, "choice": [one], "client_id": "flik", "sequence": number}
        said = browser.post(address, json.dumps(answer), content_type="application/json")
        assert said.status_code in {200, 400}
        answer |= {"choice": [], "client_id": one}
        said = browser.post(address, json.dumps(answer), content_type="application/json")
        assert said.status_code in {200, 400}
    stored = [str(row) for row in Answer.objects.values_list()]
    assert not any(one in row for row in stored for one in OWN if len(one) > 12)


@pytest.mark.django_db
def test_hostile_words_of_interactive_content_are_kept_whole() -> None:
    cache.clear()
    browser, content = signed_in(make_user("anna")), _played().content
    said = {"content": content, "requirement": "shown", "percent": None}
    lesson = make_lesson(make_course(lessons=0), body=[screen("Öva", ("interactive", said))])
    asked = {"content": content.public_id, "place": placed_in(lesson)[0].demand.place}
    launch = browser.post(reverse("h5p:open"), asked).json()["launch"]

    def post(view: str, body: object) -> int:
        where = reverse(f"h5p:{view}", args=[launch])
        answer = browser.post(where, json.dumps(body), content_type="application/json")
        return int(answer.status_code)

    words = [*OWN, *UNSAYABLE, *STRINGS[len(OWN) :: 8], LONG]
    for first in range(0, len(words), 100):
        entries = [
            entry(statement() | {"result": {"response": one, "duration": one}})
            for one in words[first : first + 100]
        ]
        assert post("statements", {"statements": entries}) == 200
    kept = [json.loads(one.raw)["result"] for one in H5PStatement.objects.order_by("pk")]
    assert [one["response"] for one in kept] == words
    for counter, one in enumerate([*OWN[::2], *UNSAYABLE, LONG], start=1):
        assert post("state", {"data": one, "counter": counter}) == 200
        assert json.loads(H5PState.objects.get().data) == one
        # As a name, of a verb, a part, a kind or a key, nearly none of them is one.
        odd = statement() | {"verb": {"id": one}}
        assert post("statements", {"statements": [entry(odd), {**entry(), "id": one}]}) == 400
        assert post("state", {"sub": one, "data": "x", "age": one}) == 400
        wanted = json.dumps({"content": str(content.public_id), "place": one})
        said_no = browser.post(reverse("h5p:open"), wanted, content_type="application/json")
        assert said_no.status_code in {400, 404}


@pytest.mark.django_db
def test_a_hostile_title_of_interactive_content_stays_text() -> None:
    version = _played()
    H5PVersion.objects.update(file_name="fil.h5p", licence="MIT")
    admin = signed_in(User.objects.create_superuser("administratör"))
    pages = {
        reverse("h5p_contents"): admin,
        reverse("h5p_content", args=[version.content.public_id]): admin,
        reverse("h5p:preview", args=[version.content.public_id]): admin,
        frame_address(version, timezone.now()): Client(),
    }
    ordinary = {page: Seen(who.get(page).content.decode()) for page, who in pages.items()}
    for name in map(str.strip, OWN):
        H5PContent.objects.update(title=name)
        H5PVersion.objects.update(title=name, file_name=name, licence=name)
        for page, who in pages.items():
            now = Seen(who.get(page).content.decode())
            assert now.elements == ordinary[page].elements
            assert now.attributes == ordinary[page].attributes
            assert name in "".join(now.texts)


def _played() -> H5PVersion:
    return store_version([store_library("H5P.MultiChoice")], {"question": "Vad säger du?"})
