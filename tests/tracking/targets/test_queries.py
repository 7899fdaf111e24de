"""Which targets ask for a course: by its whole code, and while they stand."""

from datetime import date

import pytest

from tests.courses.makers import make_target
from tracking.targets.queries import targets_counting

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 22)


def codes(course: str) -> list[str]:
    return [target.code for target in targets_counting(course, on=DAY)]


def test_a_target_counts_a_code_that_is_whole() -> None:
    make_target("T1", "MOD-A")
    make_target("T2", "MOD-A-2")
    make_target("T3", "MOD-B+MOD-A|MOD-C")
    assert codes("MOD-A") == ["T1", "T3"]
    assert codes("MOD") == codes("") == []


def test_a_target_counts_until_its_last_day_has_passed() -> None:
    make_target("DE", "MOD-A", valid_to=date(2026, 11, 23))
    make_target("DF", "MOD-A", valid_to=DAY)
    make_target("DG", "MOD-A", valid_from=date(2027, 1, 1))
    assert codes("MOD-A") == ["DE", "DG"]


def test_a_target_nobody_can_read_counts_nothing() -> None:
    make_target("T1", "MOD-A|")
    assert codes("MOD-A") == []
