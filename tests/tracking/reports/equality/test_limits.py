"""The limits against sums of whole fractions, for every outcome there can be."""

from fractions import Fraction
from math import comb

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tracking.reports.equality.limits import ALARM, WARNING, curve, limits, shared_out

chances = st.sampled_from([WARNING, ALARM, WARNING / 11, ALARM / 11, 0.3])


def exactly(base: int, share: Fraction) -> list[Fraction]:
    """The chance of each number of people."""
    return [comb(base, k) * share**k * (1 - share) ** (base - k) for k in range(base + 1)]


@given(base=st.integers(1, 60), of=st.integers(1, 500), done=st.integers(0, 500), chance=chances)
def test_so_many_are_inside_as_an_exact_sum_says(
    base: int, of: int, done: int, chance: float
) -> None:
    assume(done <= of)
    each = exactly(base, Fraction(done, of))
    half = Fraction(chance) / 2
    tails = [(sum(each[: k + 1]), sum(each[k:])) for k in range(base + 1)]
    # Nearer than that to the chance itself neither reading can be told from the other.
    assume(all(abs(tail - half) > half / 10**9 for pair in tails for tail in pair))
    found = limits(base, done, of, chance)
    expected = [min(pair) >= half for pair in tails]
    assert [found.holds(k) for k in range(base + 1)] == expected


@given(base=st.integers(1, 60), of=st.integers(1, 500), done=st.integers(0, 500), chance=chances)
def test_chance_alone_leaves_the_limits_as_seldom_as_they_say(
    base: int, of: int, done: int, chance: float
) -> None:
    assume(done <= of)
    found = limits(base, done, of, chance)
    each = exactly(base, Fraction(done, of))
    outside = sum(one for k, one in enumerate(each) if not found.holds(k))
    assert outside <= Fraction(chance) * (1 + Fraction(1, 10**9))


@given(
    districts=st.lists(st.integers(1, 30), min_size=1, max_size=14),
    of=st.integers(1, 300),
    done=st.integers(0, 300),
    chance=st.sampled_from([WARNING, ALARM]),
)
def test_all_together_leave_them_as_seldom(
    districts: list[int], of: int, done: int, chance: float
) -> None:
    assume(done <= of)
    each = shared_out(chance, len(districts))
    share = Fraction(done, of)
    leaving = [
        sum(one for k, one in enumerate(exactly(base, share)) if not found.holds(k))
        for base in districts
        for found in [limits(base, done, of, each)]
    ]
    assert sum(leaving) <= Fraction(chance) * (1 + Fraction(1, 10**9))


@given(base=st.integers(1, 3000), of=st.integers(1, 500), done=st.integers(0, 500), chance=chances)
def test_a_group_lies_beyond_the_drawn_line_exactly_when_it_is_outside(
    base: int, of: int, done: int, chance: float
) -> None:
    assume(done <= of)
    found = limits(base, done, of, chance)
    assert 0 <= found.fewest <= found.most <= base
    for k in {0, found.fewest - 1, found.fewest, found.most, found.most + 1, base} & set(
        range(base + 1)
    ):
        share = k * 100 / base
        slack = 1e-9
        if found.holds(k):
            assert found.lower - slack <= share <= found.upper + slack
        else:
            assert share < found.lower + slack or share > found.upper - slack


@given(base=st.integers(1, 400), of=st.integers(1, 200), done=st.integers(0, 200), chance=chances)
def test_done_and_not_done_mirror_each_other(base: int, of: int, done: int, chance: float) -> None:
    assume(done <= of)
    one, other = limits(base, done, of, chance), limits(base, of - done, of, chance)
    assert (one.fewest, one.most) == (base - other.most, base - other.fewest)


@pytest.mark.parametrize("base", [1, 2, 100, 5000])
def test_where_everybody_or_nobody_is_done_nothing_else_is_usual(base: int) -> None:
    assert limits(base, 9, 9, WARNING).holds(base)
    assert not limits(base, 9, 9, WARNING).holds(base - 1)
    assert limits(base, 0, 9, WARNING).holds(0)
    assert not limits(base, 0, 9, WARNING).holds(1)


def test_the_wider_limits_hold_the_narrower_and_large_groups_have_narrow_ones() -> None:
    warning, alarm = limits(140, 65, 100, WARNING), limits(140, 65, 100, ALARM)
    assert alarm.fewest < warning.fewest < 91 < warning.most < alarm.most
    widths = [upper - lower for _size, lower, upper in curve(2000, 65, 100, WARNING)]
    assert widths[-1] < 5 < widths[0]


def test_a_known_table() -> None:
    # Two-sided 95 % of a fair coin tossed twenty times: six to fourteen (Siegel 1956, table D).
    assert (limits(20, 1, 2, WARNING).fewest, limits(20, 1, 2, WARNING).most) == (6, 14)
