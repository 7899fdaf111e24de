"""Swedish order is the same in Python, on SQLite and on PostgreSQL."""

import random
import unicodedata

import pytest
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from foundation.sorting import in_swedish_order, letters, swedish
from tracking.organisation.models import Person

IN_ORDER = [
    *("", "7 av 9", "12 timmar", "Ada", "Aðalsteinn", "Anna Berg", "Anna-Karin", "anna karin"),
    *("Ek", "Éken", "Eker", "Enhet 2", "enhet 02", "Enhet 10", "Enhet 10 a"),
    *("Myller", "Müller", "Vera", "Wera", "Xerxes", "Zlatan"),
    *("Åberg", "Åkesson", "Äng", "Ærø", "Öberg", "Ömer", "Østen", "Ωmega"),
]
NAMES = st.text(
    st.sampled_from("aAbeEéÉvVwWxyüÜzZåÅäÄæöÖøñ 0129-'’.Łłß")
    | st.characters(codec="latin-1", categories=("L", "N", "P", "Zs")),
    max_size=12,
)


def test_letters_stand_where_a_swedish_reader_looks() -> None:
    shuffled = random.Random(1).sample(IN_ORDER, len(IN_ORDER))
    assert sorted(shuffled, key=swedish) == IN_ORDER


def test_two_ways_to_write_a_letter_are_one() -> None:
    composed, apart = "Åsa", unicodedata.normalize("NFD", "Åsa")
    assert letters(composed) == letters(apart)


@pytest.mark.parametrize(
    ("asked", "found"), [("nystrom", False), ("NYSTRÖM", True), ("linne", True)]
)
def test_a_search_knows_case_and_accents_but_keeps_the_swedish_letters(
    asked: str, found: bool
) -> None:
    assert (letters(asked) in letters("Linné Nyström")) is found


class TestTheDatabase(TestCase):
    """Run on the database the suite runs on: SQLite, and then PostgreSQL."""

    @settings(max_examples=40, deadline=None)
    @given(st.lists(NAMES, max_size=30))
    def test_it_sorts_as_python_does(self, names: list[str]) -> None:
        Person.objects.bulk_create(
            Person(person_id=str(at), last_name=name) for at, name in enumerate(names)
        )
        there = Person.objects.order_by(*in_swedish_order("last_name"))
        assert list(there.values_list("last_name", flat=True)) == sorted(names, key=swedish)

    def test_nothing_is_sorted_first_or_last_by_a_missing_function(self) -> None:
        with connection.cursor() as cursor:
            people = Person.objects.order_by(*in_swedish_order("last_name")).values("pk")
            sql, parameters = people.query.sql_with_params()
            cursor.execute(sql, parameters)
            assert cursor.fetchall() == []
