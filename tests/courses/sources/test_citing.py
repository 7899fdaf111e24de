"""The editor's window for citing: what is found, what may be named, and what is kept while used."""

from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from wagtail.models import ReferenceIndex

from courses.modules.groundwork import TRAINERS_GROUP, lay_groundwork, let_trainers_keep_sources
from courses.sources.marks import Mark, as_link
from courses.sources.models import LegalReference, Source
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


@pytest.fixture
def trainer() -> Client:
    lay_groundwork()
    let_trainers_keep_sources()
    user = make_user("utbildare")
    user.groups.add(Group.objects.get(name=TRAINERS_GROUP))
    return signed_in(user)


def window(client: Client, **asked: str) -> dict[str, Any]:
    response = client.get(reverse("cite"), asked)
    assert response.status_code == 200
    said: dict[str, Any] = response.json()
    return said


def choose(client: Client, **said: str) -> dict[str, Any]:
    answer: dict[str, Any] = client.post(reverse("cite"), said).json()
    return answer


def test_sources_and_laws_are_found_by_any_of_their_words(trainer: Client) -> None:
    make_source("bok", "En bok om våld", publisher="Förlaget")
    make_law("lag", "2025:400", "19 kap. 1 §", topic="Anmälan om oro")
    assert 'value="bok"' in window(trainer)["html"]
    assert 'value="lag"' in window(trainer)["html"]
    found = window(trainer, q="oro 2025:400", results="1")["html"]
    assert 'value="lag"' in found
    assert 'value="bok"' not in found
    assert "<form" not in found
    assert 'value="bok"' in window(trainer, q="FÖRLAGET")["html"]
    assert "radio" not in window(trainer, q="finns inte")["html"]


def test_what_is_cited_already_stands_first_and_is_chosen(trainer: Client) -> None:
    make_source("a", "A")
    make_source("b", "B")
    page = window(trainer, key="b", place="sidan 3")["html"]
    assert page.index('value="b" checked') < page.index('value="a"')
    assert 'value="sidan 3"' in page


def test_a_choice_is_answered_with_what_the_text_keeps(trainer: Client) -> None:
    make_source()
    said = choose(trainer, key="bok", place="  Kapitel   1 ")
    assert said == {
        "step": "chosen",
        "citation": {"key": "bok", "place": "Kapitel 1", "title": "En bok"},
    }


@pytest.mark.parametrize(
    "said",
    [
        {"key": "", "place": ""},
        {"key": "borta", "place": ""},
        {"key": "bok", "place": 'ett "citat"'},
        {"key": "bok", "place": "en [hake]"},
        {"key": "bok", "place": "x" * 301},
        {"key": "<script>", "place": "<script>"},
    ],
)
def test_what_cannot_be_cited_is_told_in_the_window(trainer: Client, said: dict[str, str]) -> None:
    make_source()
    answer = choose(trainer, **said)
    assert answer["step"] == "choose"
    assert 'role="alert"' in answer["html"]
    assert "<script>" not in answer["html"]


def test_others_are_not_let_in(trainer: Client) -> None:
    assert signed_in(make_user("annan")).get(reverse("cite")).status_code == 302


NOTE = {"kind": "law", "title": "T", "text": f"<p>{as_link(Mark('ny'))}</p>"}


@pytest.mark.parametrize(
    "block", [text(f"<p>Ett {as_link(Mark('ny', 'här'))}.</p>"), ("note", NOTE)]
)
def test_a_citation_in_a_lesson_counts_as_usage(block: tuple[str, Any]) -> None:
    law = make_law("ny", "2025:1")
    lesson = make_lesson(make_course(lessons=0), body=[screen("Ett", block)])
    found = ReferenceIndex.get_grouped_references_to(law)
    assert [one.pk for one, _references in found] == [lesson.pk]


def delete(client: Client, kind: type[Source] | type[LegalReference], pk: int) -> int:
    name = f"wagtailsnippets_courses_{kind.__name__.lower()}:delete"
    return client.post(reverse(name, args=[pk])).status_code


def test_what_a_lesson_cites_is_not_deleted(trainer: Client) -> None:
    source, free = make_source(), make_source("fri", "Fri")
    law = make_law("ny", "2025:1")
    before = make_law("gammal", "2001:1", valid_to="2025-06-30", replaced_by=law)
    cited = text(f"<p>Ett {as_link(Mark('bok'))}.</p>")
    make_lesson(make_course(lessons=0), body=[screen("Ett", cited)])
    for one in (source, free, law, before):
        delete(trainer, type(one), one.pk)
    assert set(Source.objects.values_list("key", flat=True)) == {"bok", "lag"}
    # What replaced another stays as long as that one was there; the last can go.
    assert list(LegalReference.objects.values_list("key", flat=True)) == ["ny"]


def test_many_at_once_are_kept_if_one_is_cited(trainer: Client) -> None:
    source, free = make_source(), make_source("fri", "Fri")
    make_lesson(
        make_course(lessons=0),
        body=[screen("Ett", text(f"<p>Ett {as_link(Mark('bok'))}.</p>"))],
    )
    bulk = reverse("wagtail_bulk_action", args=["courses", "source", "delete"])
    trainer.post(f"{bulk}?id={source.pk}&id={free.pk}")
    assert Source.objects.filter(pk__in=[source.pk, free.pk]).count() == 2
