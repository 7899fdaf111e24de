"""What the process remembers of the sources holds until one of them changes, and no longer."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from courses.sources.models import LegalReference, Source
from courses.sources.queries import current_library
from tests.courses.makers import (
    make_course,
    make_law,
    make_lesson,
    make_source,
    make_user,
    screen,
    signed_in,
    text,
)

pytestmark = pytest.mark.django_db


def asked() -> int:
    with CaptureQueriesContext(connection) as queries:
        current_library()
    return len(queries)


def titles() -> list[str]:
    return [one.title for one in current_library().by_key.values()]


def test_what_has_not_changed_is_asked_for_once() -> None:
    make_source()
    assert [asked(), asked()] == [3, 1]


def test_every_change_is_seen_at_once() -> None:
    source = make_source()
    assert titles() == ["En bok"]
    source.title = "En annan bok"
    source.save()
    assert titles() == ["En annan bok"]
    law = make_law("lag", "2025:1", "2 §")
    assert titles() == ["En annan bok", "2 § enlagen (2025:1)"]
    source.delete()
    law.delete()
    assert titles() == []


def test_a_change_that_is_undone_leaves_nothing_behind() -> None:
    source = make_source()
    titles()
    with transaction.atomic():
        Source.objects.get(pk=source.pk).delete()
        assert titles() == []
        transaction.set_rollback(True)
    assert titles() == ["En bok"]
    with transaction.atomic():
        source.title = "Ångrad"
        source.save()
        transaction.set_rollback(True)
    assert titles() == ["En bok"]


def test_a_key_is_one_things() -> None:
    make_source("bok")
    law = LegalReference(key="bok", act="lagen", number="2025:1", topic="Något")
    with pytest.raises(ValidationError) as refused:
        law.full_clean()
    assert list(refused.value.message_dict) == ["key"]


def test_a_key_once_given_stays() -> None:
    source = make_source("bok")
    source.key = "bocker"
    with pytest.raises(ValidationError) as refused:
        source.full_clean()
    assert list(refused.value.message_dict) == ["key"]


@pytest.mark.parametrize(
    "fields",
    [
        {"valid_from": date(2025, 7, 1), "valid_to": date(2025, 6, 30)},
        {"paragraph_known": False, "paragraph": "2 §"},
        {"replaced_by": "itself"},
    ],
)
def test_the_database_refuses_a_law_that_cannot_be(fields: dict[str, object]) -> None:
    other = make_law("ny", "2025:1")
    if "replaced_by" in fields:
        fields = {"replaced_by": other}  # but no last day
    with pytest.raises(IntegrityError), transaction.atomic():
        make_law("lag", "2001:1", **{"paragraph": "", **fields})


def test_the_days_a_law_is_in_force_include_the_first_and_the_last() -> None:
    law = make_law("lag", "2001:1", valid_from=date(2002, 1, 1), valid_to=date(2025, 6, 30))
    days = [date(2001, 12, 31), date(2002, 1, 1), date(2025, 6, 30), date(2025, 7, 1)]
    assert [law.in_force_on(day) for day in days] == [False, True, True, False]


def test_the_last_screen_lists_what_the_whole_lesson_rests_on() -> None:
    new = make_law("ny", "2025:1", "2 §")
    make_law("gammal", "2001:1", "9 §", valid_to=date(2025, 6, 30), replaced_by=new)
    lesson = make_lesson(
        make_course(lessons=0),
        body=[screen("Ett", text("<p>A [@ny].</p>")), screen("Två", text("<p>B [@bok].</p>"))],
    )
    lesson.sources = [("source", Source.objects.get(key="lag"))]
    lesson.save()
    reader = signed_in(make_user())
    assert "En lag" not in shown(reader, lesson.screen_url(1))
    last = shown(reader, lesson.screen_url(2))
    assert "2 § enlagen (2025:1), tidigare 9 § (2001:1)" in last
    at = [last.index(words) for words in ('id="kalla-1"', "Också i lektionen", "En lag", "2 § enl")]
    assert at == sorted(at)
    assert last.count("<cite>En bok</cite>") == 1


def shown(reader: Client, url: str) -> str:
    return reader.get(url).content.decode()


@pytest.mark.parametrize("number", [1, 5])
def test_a_lesson_costs_the_same_whatever_it_cites(number: int) -> None:
    laws = [make_law(f"lag-{at}", f"2025:{at}") for at in range(number)]
    said = " ".join(f"[@{law.key}]" for law in laws)
    lesson = make_lesson(make_course(lessons=0), body=[screen("Ett", text(f"<p>{said}</p>"))])
    reader = signed_in(make_user())
    shown(reader, lesson.url)
    with CaptureQueriesContext(connection) as queries:
        shown(reader, lesson.url)
    assert [query for query in queries if "courses_legalreference" in query["sql"]] == []
    assert [query for query in queries if 'FROM "courses_source"' in query["sql"]] == []
