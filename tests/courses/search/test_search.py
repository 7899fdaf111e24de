"""What is found, in which order, and how it is shown."""

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from wagtail.models import PageViewRestriction

from courses.pages.models import LessonPage
from courses.search.actions import index_page
from courses.search.matching import having
from courses.search.models import SearchEntry
from tests.courses.makers import make_user
from tests.courses.search.makers import headings, look_for, publish, published_course
from tests.hostile import OWN, naughty_strings

pytestmark = pytest.mark.django_db


def test_a_word_is_found_by_another_form_and_inside_compounds() -> None:
    published_course(
        [
            ("Oro", "Gör en orosanmälan genast."),
            ("Risk", "En riskbedömning görs två gånger."),
            ("Annat", "Ingenting av detta."),
        ]
    )
    assert headings("anmälan") == ["Oro"]
    assert headings("bedömningar") == ["Risk"]
    assert headings("orosanmälningar") == []


def test_a_heading_counts_more_than_any_number_in_the_text() -> None:
    published_course(
        [("Om annat", "Enrum. " * 20), ("Enrum", "En gång."), ("Enrummet", "Utan ordet.")]
    )
    assert headings("enrum") == ["Enrum", "Enrummet", "Om annat"]


def test_a_course_is_found_by_its_name_before_its_lessons() -> None:
    published_course([("Början", "Sokkurs, sokkurs, sokkurs.")])
    assert headings("sokkurs") == ["Kursen sokkurs", "Början"]


def test_all_words_are_looked_for_and_some_of_them_where_nothing_has_all() -> None:
    published_course([("Ett", "Barn och våld."), ("Två", "Bara våld."), ("Tre", "Bara hundar.")])
    assert headings("barn våld") == ["Ett"]
    found = look_for("barn hundar")
    assert (found.every, found.count) == (False, 2)


def test_the_hit_is_marked_and_everything_else_is_escaped() -> None:
    published_course([("5 < 6", "Skriv &lt;script&gt; om våldet & annat.")])
    hit = look_for("våld").hits[0]
    assert hit.heading == "5 &lt; 6"
    assert hit.snippet == (
        "Du kan något nytt. Skriv &lt;script&gt; om <mark>våldet</mark> &amp; annat."
    )


def test_a_hit_leads_to_its_screen() -> None:
    course = published_course([("Ett", "Annat."), ("Två", "Skyddsplan.")])
    hit = look_for("skyddsplan").hits[0]
    assert (hit.url, hit.lesson) == (f"{course.lessons()[0].url}2/", "Lektion 1")


def test_what_is_nowhere_is_answered_with_the_nearest_known_words() -> None:
    published_course([("Oro", "Gör en orosanmälan."), ("Annat", "Säkerhetsplanering.")])
    found = look_for("orosanmälna")
    assert (found.hits, found.suggestions) == ([], ["orosanmälan"])
    assert look_for("kvantfysik").suggestions == []
    assert headings(look_for("säkerhetsplannering").suggestions[0]) == ["Annat"]


def test_a_page_that_is_not_hers_to_read_is_not_found() -> None:
    course = published_course([("Hemligt", "Ordet skyddad.")])
    inside, outside = make_user("inne"), make_user("ute")
    group = Group.objects.create(name="De som får")
    inside.groups.add(group)
    restriction = PageViewRestriction.objects.create(
        page=course, restriction_type=PageViewRestriction.GROUPS
    )
    restriction.groups.add(group)
    assert headings("skyddad", user=inside) == ["Hemligt"]
    assert headings("skyddad", user=outside) == []


def test_a_search_costs_as_many_queries_whatever_is_found() -> None:
    def queries(words: str) -> int:
        look_for(words)
        with CaptureQueriesContext(connection) as asked:
            assert look_for(words).hits
        return len(asked)

    published_course([("Ett", "Skyddsplan.")])
    few = queries("skydd plan")
    published_course(
        *[[(f"S{at}", f"Skyddsplan {at}."), ("T", "Planering.")] for at in range(4)],
        code="MOD-B",
        slug="b",
    )
    assert queries("skydd plan") == few == 5


def test_no_question_is_more_than_its_words() -> None:
    course = published_course([("Ett", "Skyddsplan.")])
    course.lessons().update(title="Lektionen", draft_title="Lektionen")
    index_page(page=course.lessons()[0])
    odd = [*OWN, *naughty_strings(), '"', "* OR NEAR(", "a" * 10_000, "' & '", "%_%"]
    for words in odd:
        hits = look_for(words).hits
        assert [hit for hit in hits if "<mark>" not in hit.heading + hit.snippet] == [], words


WORDS = st.sampled_from(
    ["våld", "barn", "hem", "risk", "5e3", "2025", "кот", "ﬁn", "o'clock", "ße"]
)


class BothDatabases(TestCase):
    """What the database finds is what stands in the rows, whichever database it is."""

    @given(
        texts=st.lists(st.lists(WORDS | st.text(max_size=6), max_size=6), min_size=1, max_size=4),
        groups=st.lists(st.lists(WORDS, min_size=1, max_size=3), min_size=1, max_size=3),
        every=st.booleans(),
    )
    @settings(max_examples=25, deadline=None)
    def test_the_index_finds_what_the_rows_have(
        self, texts: list[list[str]], groups: list[list[str]], every: bool
    ) -> None:
        from courses.search.words import term_of

        page = published_course([("X", "Y")]).lessons()[0]
        index_page(page=page)
        row = SearchEntry.objects.get(page=page)
        rows = {}
        for number, words in enumerate(texts, start=10):
            terms = [term_of(word, "sv") for word in " ".join(words).split() if word.isalnum()]
            made = SearchEntry.objects.create(
                page=page,
                course=row.course,
                language="sv",
                screen=number,
                heading_terms=" ".join(terms[:1]),
                text_terms=" ".join(terms[1:]),
            )
            rows[made.pk] = set(terms)
        sought = [{term_of(word, "sv") for word in group} for group in groups]
        fits = all if every else any
        expected = {pk for pk, has in rows.items() if fits(has & group for group in sought)}
        found = SearchEntry.objects.filter(having({"sv": sought}, every=every))
        assert set(found.values_list("pk", flat=True)) - {row.pk} == expected


def test_a_lesson_edited_is_found_by_its_new_words_only() -> None:
    course = published_course([("Ett", "Gammalt.")])
    lesson: LessonPage = course.lessons()[0]
    lesson.body[0].value["heading"] = "Nytt"
    publish(lesson)
    assert (headings("nytt"), headings("ett")) == (["Nytt"], [])
