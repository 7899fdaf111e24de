"""The forecast: small cases worked out by hand, and what holds whatever the weeks have brought."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracking.forecast.prognosis import LEAST, WEEKS, Outlook, Prognosis, prognosis, rates_of

NOW = date(2026, 3, 29)
WEEK = timedelta(weeks=1)
DUE = NOW + 10 * WEEK
few = settings(max_examples=60)


def weeks_of(*standings: tuple[int, int]) -> list[Outlook]:
    """Base and done, one a week, the last of them now."""
    first = NOW - WEEK * (len(standings) - 1)
    return [Outlook(first + WEEK * at, *standing) for at, standing in enumerate(standings)]


@st.composite
def histories(draw: st.DrawFn) -> list[Outlook]:
    """Weeks of a unit of some size, long enough to tell something of."""
    bases = draw(st.lists(st.integers(1, 400), min_size=LEAST, max_size=WEEKS + 2))
    return weeks_of(*((base, draw(st.integers(0, base))) for base in bases))


def told(outlooks: list[Outlook], due_on: date = DUE, share: int = 80) -> Prognosis:
    found = prognosis(outlooks, due_on, share)
    assert found is not None
    return found


def test_rates_of_four_weeks_by_hand() -> None:
    # 100 people; 40 are left, then 36, 32, 28, 24: 16 were done, of 40 + 36 + 32 + 28 = 136
    # person-weeks. With half a person more among one more: 16.5 / 137 of those left, each week.
    outlooks = weeks_of((100, 60), (100, 64), (100, 68), (100, 72), (100, 76))
    rates = rates_of(outlooks)
    assert rates.done == pytest.approx(16.5 / 137)
    assert rates.more == 0
    assert rates.weeks == 4
    # What each week missed that by: -4 + its 16.5/137 of those left; less than chance itself:
    # of 34 left on average each is done with that chance.
    assert rates.variance == pytest.approx(34 * (16.5 / 137) * (1 - 16.5 / 137))


def test_those_left_shrink_by_the_same_part_each_week() -> None:
    # The same quarter: after ten weeks 24 × (1 - 16.5/137)^10 = 6.65 are left, of 100.
    found = told(weeks_of((100, 60), (100, 64), (100, 68), (100, 72), (100, 76)))
    assert found.middle == pytest.approx(100 - 24 * (1 - 16.5 / 137) ** 10)
    assert found.middle == pytest.approx(93.35, abs=0.01)
    assert found.weeks_left == 10
    assert found.per_week == 4
    # 80 of 100 are the goal; four more, in ten weeks.
    assert found.needed_per_week == pytest.approx(0.4)
    assert found.chance > 0.9


def test_where_people_only_leave_them_that_were_done_are_lost() -> None:
    # Two done people leave each week: two fewer count, and nobody left becomes done but by half a
    # person's chance in 4 × 20 + 1 person-weeks.
    found = told(weeks_of((60, 40), (58, 38), (56, 36), (54, 34), (52, 32)), NOW + WEEK)
    # 20 left lose 20 × 0.5/81 and no more come: -2 (base) + 2 (lost). 50 count then.
    assert found.middle == pytest.approx(100 * (1 - 20 * (1 - 0.5 / 81) / 50))
    assert found.per_week == -2


def test_newcomers_lower_the_share_however_many_are_done() -> None:
    still = told(weeks_of(*[(50, 40)] * 6))
    growing = told(weeks_of(*((50 + more, 40) for more in range(0, 12, 2))))
    assert growing.middle < still.middle


@pytest.mark.parametrize(
    "outlooks",
    [[], weeks_of(*[(10, 5)] * (LEAST - 1)), weeks_of(*[(10, 5)] * 8, (0, 0))],
    ids=["none", "too few weeks", "nobody counts"],
)
def test_without_a_history_there_is_no_forecast(outlooks: list[Outlook]) -> None:
    assert prognosis(outlooks, DUE, 80) is None


def test_a_day_that_has_come_has_no_forecast() -> None:
    assert prognosis(weeks_of(*[(10, 5)] * 8), NOW, 80) is None


def test_weeks_before_a_break_tell_nothing() -> None:
    early = [Outlook(NOW - 30 * WEEK, 1000, 0)]
    assert told([*early, *weeks_of(*[(10, 5)] * 8)]) == told(weeks_of(*[(10, 5)] * 8))


def test_the_last_quarter_tells_and_nothing_before_it() -> None:
    recent = [(100, 50 + at) for at in range(WEEKS + 1)]
    assert told(weeks_of((100, 0), *recent)) == told(weeks_of(*recent))


@few
@given(histories(), st.integers(1, 400), st.integers(0, 100))
def test_the_interval_is_in_order_and_within_a_whole(
    outlooks: list[Outlook], days: int, share: int
) -> None:
    found = told(outlooks, NOW + timedelta(days=days), share)
    assert 0 <= found.low <= found.middle <= found.high <= 100
    assert 0 <= found.chance <= 1
    assert found.needed_per_week >= 0
    assert found == prognosis(outlooks, NOW + timedelta(days=days), share)


@few
@given(st.integers(1, 500), st.integers(LEAST, WEEKS + 3), st.integers(1, 400))
def test_all_done_and_nothing_that_runs_out_stays_a_hundred(
    base: int, weeks: int, days: int
) -> None:
    found = told(weeks_of(*[(base, base)] * weeks), NOW + timedelta(days=days), 100)
    assert (found.low, found.middle, found.high, found.chance) == (100, 100, 100, 1)


@few
@given(histories(), st.data())
def test_one_more_completion_never_lowers_the_middle(
    outlooks: list[Outlook], data: st.DataObject
) -> None:
    since = data.draw(st.integers(0, len(outlooks) - 1))
    more = [
        Outlook(one.known_on, one.base, min(one.base, one.done + (at >= since)))
        for at, one in enumerate(outlooks)
    ]
    gained = [after.done - before.done for before, after in zip(outlooks, more, strict=True)]
    if any(one > two for one, two in pairwise(gained)):
        return  # all were done already in a later week: then it is not one more that stays
    assert told(more).middle >= told(outlooks).middle - 1e-9


@few
@given(histories(), st.data())
def test_validity_that_ends_before_the_deadline_pulls_it_down(
    outlooks: list[Outlook], data: st.DataObject
) -> None:
    # Of those who were done all along: on the deadline's day they are done no more.
    ending = data.draw(st.integers(0, min(one.done for one in outlooks)))
    ended = [Outlook(one.known_on, one.base, one.done - ending) for one in outlooks]
    assert told(ended).middle <= told(outlooks).middle + 1e-9


@few
@given(histories(), st.integers(0, 99))
def test_a_higher_goal_is_never_likelier(outlooks: list[Outlook], share: int) -> None:
    assert told(outlooks, share=share + 1).chance <= told(outlooks, share=share).chance


def test_a_day_farther_away_is_less_certain() -> None:
    outlooks = weeks_of(*((200, 100 + at + at % 3) for at in range(10)))
    near, far = told(outlooks, NOW + 4 * WEEK), told(outlooks, NOW + 12 * WEEK)
    assert near.high - near.low < far.high - far.low
