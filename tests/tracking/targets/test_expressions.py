"""The two languages of a target."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracking.targets.expressions import (
    ExpressionError,
    Placed,
    parse_audience,
    parse_courses,
)


def placed(**said: object) -> Placed:
    fields = {
        "units": frozenset({"EB", "SDN", "STHLM"}),
        "kinds": frozenset({"enhet", "stadsdelsnamnd", "kommun"}),
        "position": "handläggare",
        "business_area": "ekonomiskt bistånd",
        "is_manager": False,
    }
    return Placed(**{**fields, **said})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", True),
        ("   ", True),
        ("enhet=SDN", True),
        ("enhet=sdn", False),
        ("enhet!=SDN", False),
        ("enhet!=FARSTA", True),
        ("enhetstyp=namnd,stadsdelsnamnd", True),
        ("befattning= HANDLÄGGARE ", True),
        ("befattning=chef | verksamhetsomrade=Ekonomiskt Bistånd", True),
        ("befattning=handläggare;chef=ja", False),
        ("chef=nej;enhet=EB", True),
        ('befattning="handläggare, senior",handläggare', True),
        ('befattning="a ""b"" c"', False),
        ("befattning=straße|befattning=x", False),
        ("befattning=a=b,handläggare", True),
        ('befattning!=handläggare "A"', True),
    ],
)
def test_an_audience_is_clauses_of_conditions(text: str, expected: bool) -> None:
    assert parse_audience(text).includes(placed()) is expected


def test_an_empty_value_fulfils_not_equal_and_never_equal() -> None:
    nobody = placed(position="")
    assert not parse_audience("befattning=handläggare").includes(nobody)
    assert parse_audience("befattning!=handläggare").includes(nobody)


@pytest.mark.parametrize(
    ("text", "position"),
    [
        ("lön=1", 1),
        ("enhet", 6),
        ("enhet=", 7),
        ("enhet=A;", 9),
        ("enhet=A | ", 11),
        ("enhet=A,,B", 9),
        ("chef=kanske", 6),
        ('befattning="öppen', 12),
        ('befattning="a"b', 15),
        ("enhet=A;typ=x", 9),
        ("enhet!A", 7),
    ],
)
def test_an_error_points_at_the_character(text: str, position: int) -> None:
    with pytest.raises(ExpressionError) as error:
        parse_audience(text)
    assert error.value.position == position


@given(st.text(alphabet='enhtbfa=!,;| "x', max_size=30))
def test_any_text_parses_or_is_refused_with_a_place_inside_it(text: str) -> None:
    try:
        parse_audience(text)
    except ExpressionError as error:
        assert 1 <= error.position <= len(text) + 1


def test_courses_are_alternatives_of_courses_all_needed() -> None:
    assert parse_courses("HEDER | GRUND + FORDJUP") == (("HEDER",), ("GRUND", "FORDJUP"))


@pytest.mark.parametrize("text", ["", " ", "A|", "A++B", "+A"])
def test_a_missing_course_code_is_refused(text: str) -> None:
    with pytest.raises(ExpressionError):
        parse_courses(text)
