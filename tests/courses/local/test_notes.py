"""Each district writes its own note in a lesson; a reader meets that of where they work."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from courses.local.models import LONGEST_TEXT, LocalNote
from courses.local.privacy import forget_author
from courses.local.rules import may_write
from courses.modules.groundwork import LOCAL_TRAINERS_GROUP, TRAINERS_GROUP, lay_groundwork
from courses.pages.models import LessonPage
from foundation.intervals import today
from tests.courses.makers import make_course, make_lesson, screen, signed_in
from tests.factories import account, employ, person, unit
from tracking.organisation.models import Person, UnitKind
from tracking.privacy.sections import SECTIONS, Owner

pytestmark = pytest.mark.django_db
BLOCK = {"key": "ringa", "title": "Så gör vi här", "prompt": "Skriv vem man ringer."}


@pytest.fixture
def lesson() -> LessonPage:
    """A city of two districts, and a lesson in which each of them writes."""
    unit("STAD")
    for district in ("NORR", "SÖDER"):
        unit(district, "STAD", UnitKind.DISTRICT_COMMITTEE)
        unit(f"{district}-EB", district)
    lay_groundwork()
    made = make_lesson(make_course(lessons=0), body=[screen("Hos oss", ("local", BLOCK))])
    return LessonPage.objects.get(pk=made.pk)


def works_in(key: str, *units: str, group: str = "") -> Person:
    who = person(key)
    for code in units:
        employ(who, code)
    if group:
        account(who).groups.add(Group.objects.get(name=group))
    return who


def writer(*units: str, group: str = LOCAL_TRAINERS_GROUP) -> Client:
    return signed_in(account(works_in("skribent", *units, group=group)))


def address(lesson: LessonPage, district: str = "") -> str:
    where = f"?enhet={district}" if district else ""
    return f"/sa-gor-vi-har/{lesson.translation_key}/ringa/{where}"


def write(client: Client, lesson: LessonPage, text: str, district: str = "", **more: object) -> int:
    return client.post(address(lesson, district), {"text": text, **more}).status_code


def note_in(client: Client, lesson: LessonPage) -> str:
    page = client.get(lesson.url).content.decode()
    return re.sub(r"\s+", " ", page.split('class="local"')[1].split("</section>")[0])


def test_a_reader_meets_what_their_own_district_has_written(lesson: LessonPage) -> None:
    assert write(writer("NORR-EB"), lesson, "Ring 08-123.\n\nFöre fyra.") == 303
    norr, soder = note_in(signed_in(account(works_in("n", "NORR-EB"))), lesson), ""
    soder = note_in(signed_in(account(works_in("s", "SÖDER"))), lesson)
    assert "Enheten NORR<" in norr
    assert "<p>Ring 08-123.</p> <p>Före fyra.</p>" in norr
    assert "Skriv vem man ringer." not in norr
    assert "Enheten SÖDER<" in soder
    assert "08-123" not in soder
    assert "Skriv vem man ringer." in soder
    assert "sa-gor-vi-har" not in norr + soder


def test_a_reader_in_two_districts_meets_both_and_one_in_none_the_prompt(
    lesson: LessonPage,
) -> None:
    write(writer("NORR"), lesson, "Ring <b>08</b>.")
    both = note_in(signed_in(account(works_in("b", "NORR-EB", "SÖDER-EB"))), lesson)
    assert both.index("Enheten NORR<") < both.index("Enheten SÖDER<")
    assert "Ring &lt;b&gt;08&lt;/b&gt;." in both
    for nobody in (works_in("ingen"), works_in("staden", "STAD"), works_in("okänd", "VET-EJ")):
        shown = note_in(signed_in(account(nobody)), lesson)
        assert "Skriv vem man ringer." in shown
        assert "08" not in shown


@pytest.mark.parametrize(
    ("units", "group", "asked", "status"),
    [
        (["NORR-EB"], LOCAL_TRAINERS_GROUP, "NORR", 200),
        (["NORR-EB"], LOCAL_TRAINERS_GROUP, "", 200),
        (["NORR-EB"], TRAINERS_GROUP, "NORR", 200),
        (["NORR-EB", "SÖDER"], LOCAL_TRAINERS_GROUP, "SÖDER", 200),
        (["NORR-EB"], LOCAL_TRAINERS_GROUP, "SÖDER", 404),
        (["NORR-EB"], LOCAL_TRAINERS_GROUP, "NORR-EB", 404),
        (["NORR-EB"], LOCAL_TRAINERS_GROUP, "STAD", 404),
        (["STAD"], LOCAL_TRAINERS_GROUP, "", 404),
        ([], TRAINERS_GROUP, "NORR", 404),
        (["NORR-EB"], "", "NORR", 404),
    ],
)
def test_who_writes(
    lesson: LessonPage, units: list[str], group: str, asked: str, status: int
) -> None:
    client = writer(*units, group=group)
    assert client.get(address(lesson, asked)).status_code == status
    assert write(client, lesson, "Text.", asked) == (303 if status == 200 else 404)
    assert LocalNote.objects.count() == (status == 200)


def test_who_has_left_the_district_writes_there_no_more(lesson: LessonPage) -> None:
    who = works_in("skribent", group=LOCAL_TRAINERS_GROUP)
    last = employ(who, "NORR", until=today() + timedelta(days=1))
    assert may_write(account(who), "NORR", today())
    assert not may_write(account(who), "NORR", last.valid_to)  # type: ignore[arg-type]


def test_the_lesson_around_it_is_not_theirs(lesson: LessonPage) -> None:
    client = writer("NORR")
    assert address(lesson, "NORR") in note_in(client, lesson)
    assert client.get(f"/admin/pages/{lesson.pk}/edit/").status_code in (302, 403)


def test_every_wording_is_kept_and_the_last_one_counts(lesson: LessonPage) -> None:
    client = writer("NORR")
    write(client, lesson, "Först.")
    first = LocalNote.objects.get()
    assert write(client, lesson, "Först.", seen=first.pk) == 303  # nothing new
    assert write(client, lesson, "Sedan.", seen=first.pk) == 303
    assert "Sedan." in note_in(client, lesson)
    page = client.get(address(lesson)).content.decode()
    assert page.index("Sedan.") < page.index("Först.")
    write(client, lesson, "", seen=LocalNote.objects.last().pk)  # type: ignore[union-attr]
    assert "Skriv vem man ringer." in note_in(client, lesson)
    assert [one.text for one in LocalNote.objects.order_by("pk")] == ["Först.", "Sedan.", ""]
    assert {one.written_by.username for one in LocalNote.objects.all()} == {"skribent"}  # type: ignore[union-attr]


def test_two_who_write_at_once_lose_nothing(lesson: LessonPage) -> None:
    client = writer("NORR")
    write(client, lesson, "Den andras.")
    response = client.post(address(lesson), {"text": "Min egen."})
    page = response.content.decode()
    assert response.status_code == 400
    assert "Min egen." in page
    assert "Den andras." in page
    seen = re.search(r'name="seen" value="(\d+)"', page)
    assert seen
    assert write(client, lesson, "Min egen.", seen=seen[1]) == 303
    assert "Min egen." in note_in(client, lesson)


def test_a_text_that_is_too_long_is_kept_in_the_form(lesson: LessonPage) -> None:
    long = "x" * (LONGEST_TEXT + 1)
    response = writer("NORR").post(address(lesson), {"text": long})
    assert response.status_code == 400
    assert long in response.content.decode()
    assert not LocalNote.objects.exists()


def test_a_place_that_is_not_published_is_nobodys_to_write(lesson: LessonPage) -> None:
    client = writer("NORR")
    other = address(lesson).replace("ringa", "annan")
    assert client.get(other).status_code == 404
    lesson.unpublish()
    assert client.get(address(lesson)).status_code == 404


def test_a_note_of_a_district_that_has_ended_is_its_successors_until_that_writes(
    lesson: LessonPage,
) -> None:
    ended = today() - timedelta(days=1)
    unit("GAMLA", "STAD", UnitKind.DISTRICT_COMMITTEE, until=ended, replaced_by="NORR")
    old = {"lesson_key": lesson.translation_key, "block_key": "ringa", "unit_code": "GAMLA"}
    client = writer("NORR")
    LocalNote.objects.create(**old, text="Den gamla.", written_at="2020-01-01T12:00Z")
    assert "Den gamla." in note_in(client, lesson)
    write(client, lesson, "Den nya.")
    LocalNote.objects.create(**old, text="Efteråt.", written_at="2020-01-01T12:00Z")
    assert "Den nya." in note_in(client, lesson)


def test_the_overview_says_what_is_written_and_what_is_missing(lesson: LessonPage) -> None:
    client = writer("NORR-EB")
    write(client, lesson, "Ring 08-123.")
    page = re.sub(r"\s+", " ", client.get("/sa-gor-vi-har/").content.decode())
    assert re.findall(r"<dd[^>]*>(.*?)</dd>", page)[:2] == ["Enheten NORR", "Enheten SÖDER"]
    assert f'href="{lesson.url}#lokalt-ringa"' in page
    assert address(lesson, "NORR") in page
    assert signed_in(account(works_in("annan", "NORR"))).get("/sa-gor-vi-har/").status_code == 403


def test_a_screen_without_such_a_place_asks_no_more_and_one_with_it_a_fixed_number(
    lesson: LessonPage,
) -> None:
    reader = signed_in(account(works_in("n", "NORR-EB", "SÖDER-EB")))
    numbers = []
    for _more in range(3):
        reader.get(lesson.url)
        with CaptureQueriesContext(connection) as queries:
            reader.get(lesson.url)
        numbers.append(len(queries))
        for district in ("NORR", "SÖDER"):
            LocalNote.objects.create(
                lesson_key=lesson.translation_key,
                block_key="ringa",
                unit_code=district,
                text="Ring.",
                written_at="2026-01-01T12:00Z",
            )
    assert len(set(numbers)) == 1
    other = make_lesson(lesson.course, 2)
    reader.get(other.url)
    with CaptureQueriesContext(connection) as queries:
        reader.get(other.url)
    assert not [one for one in queries if "localnote" in one["sql"]]
    assert numbers[0] - len(queries) <= 5  # employments, units, rights (two), notes


def test_who_wrote_it_is_told_and_forgotten_with_them_while_the_text_stays(
    lesson: LessonPage,
) -> None:
    client = writer("NORR")
    write(client, lesson, "Ring 08-123.")
    who = Person.objects.get(person_id="skribent")
    section = next(one for one in SECTIONS.values() if "courses.LocalNote" in one.models)
    (row,) = section.rows(Owner(account(who), who, today()))
    assert row[1:] == ("Lektion 1", "ringa", "NORR", "Ring 08-123.")
    forget_author(account(who), "pseudonym")
    assert LocalNote.objects.get().written_by is None
    assert "08-123" in note_in(client, lesson)


def test_somebody_protected_who_wrote_stands_without_a_name(lesson: LessonPage) -> None:
    client = writer("NORR")
    write(client, lesson, "Ring.")
    Person.objects.filter(person_id="skribent").update(protected=True)
    other = signed_in(account(works_in("kollega", "NORR", group=LOCAL_TRAINERS_GROUP)))
    page = other.get(address(lesson)).content.decode()
    assert "Ring." in page
    assert "Efternamnskribent" not in page
