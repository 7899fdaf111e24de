"""The plan's rows stand on the scorecards of those who receive them, and their history is kept."""

from collections import Counter
from datetime import date

import pytest

from tests.factories import account
from tests.tracking.scorecards.making import NOW, TODAY, committee
from tracking.organisation.models import Person
from tracking.scorecards.card import card_of, received, undertakings_in
from tracking.scorecards.making import make_periods
from tracking.scorecards.models import ReportingPeriod, Undertaking, UndertakingChange
from tracking.scorecards.plan.reading import plan_rows
from tracking.scorecards.undertakings import (
    UndertakingChanged,
    add_undertaking,
    change_undertaking,
    continue_undertakings,
    load_plan,
)
from tracking.targets.programme import goal_of

pytestmark = pytest.mark.django_db


def test_the_plan_has_its_33_rows_each_with_a_goal_and_somebody_who_receives_it() -> None:
    rows = plan_rows()
    assert [row.source.rpartition(" ")[2] for row in rows] == [str(n) for n in range(1, 34)]
    assert all(goal_of(row.goal) and row.goal_is_inferred for row in rows)
    assert all(row.recipient_kinds or row.recipient_units for row in rows)
    assert all(row.valid_to and row.valid_to <= date(2026, 1, 1) for row in rows)


def test_what_the_source_names_is_not_marked_as_worked_out() -> None:
    said = {row.recipient for row in plan_rows() if not row.recipient_is_inferred}
    assert said == {
        "Stadsdelsnämnderna",
        "Allmänheten, stadsdelsnämnderna",
        "Alla nämnder och bolag",
        "Socialnämnden",
        "Socialnämnden, stadsdelsnämnderna",
        "Arbetsmarknadsnämnden, socialnämnden, stadsdelsnämnderna och äldrenämnden",
        "Arbetsmarknadsnämnden, socialnämnden, stadsdelsnämnderna och utbildningsnämnden",
        "Arbetsmarknadsnämnden, socialnämnden, stadsdelsnämnderna, utbildningsnämnden och "
        "äldrenämnden",
    }


def test_loaded_twice_nothing_changes_and_what_people_changed_stays() -> None:
    assert load_plan(now=NOW) == 33
    Undertaking.objects.filter(code="2021-20").update(title="Ändrad")
    assert load_plan(now=NOW) == 0
    assert Undertaking.objects.get(code="2021-20").title == "Ändrad"


def test_each_committee_gets_the_rows_it_receives(
    city: dict[str, Person], period: ReportingPeriod
) -> None:
    load_plan(now=NOW)
    last_of_the_programme = ReportingPeriod.objects.get(code="2025-VB")
    all_of_it = undertakings_in(last_of_the_programme)
    counts = {
        code: len(received(all_of_it, committee(code, period), last_of_the_programme))
        for code in ("SN", "SDN-1", "SDN-2", "BF")
    }
    assert counts == {"SN": 10, "SDN-1": 16, "SDN-2": 16, "BF": 2}


def test_the_programme_is_over_until_somebody_lets_it_go_on(
    city: dict[str, Person], period: ReportingPeriod
) -> None:
    load_plan(now=NOW)
    district = committee("SDN-1", period)
    assert received(undertakings_in(period), district, period) == []
    going_on = Undertaking.objects.filter(valid_to=date(2026, 1, 1))
    coordinator = account(city["coordinator"])
    for times in (going_on.count(), 0):
        assert (
            continue_undertakings(
                undertakings=list(Undertaking.objects.filter(valid_to=date(2026, 1, 1))),
                last_day=None,
                reason="Tills ett nytt program är beslutat",
                actor=coordinator,
                now=NOW,
            )
            == times
        )
    assert len(received(undertakings_in(period), district, period)) == 16
    kept = UndertakingChange.objects.get(undertaking__code="2021-20")
    assert (kept.said["valid_to"], kept.version) == ("2026-01-01", 1)


def test_a_change_keeps_what_was_said_and_needs_to_have_read_it(city: dict[str, Person]) -> None:
    actor, said = account(city["coordinator"]), {"title": "Sprida en annan kurs"}
    load_plan(now=NOW)
    one = Undertaking.objects.get(code="2021-20")
    before = one.title
    changed = change_undertaking(
        undertaking=one, said=said, seen=1, reason="Ny kurs", actor=actor, now=NOW
    )
    assert (changed.title, changed.version) == (said["title"], 2)
    assert UndertakingChange.objects.get(undertaking=one).said["title"] == before
    with pytest.raises(UndertakingChanged):
        change_undertaking(
            undertaking=one, said={"title": "Tredje"}, seen=1, reason="", actor=actor, now=NOW
        )


def test_a_committee_s_own_stands_on_its_own_scorecard_only(
    city: dict[str, Person], period: ReportingPeriod
) -> None:
    said = {
        "title": "Egen samverkansgrupp",
        "goal": "",
        "owner": "SDN-1",
        "recipient": "SDN-1",
        "valid_from": date(2026, 1, 1),
    }
    own = add_undertaking(said=said, committee="SDN-1", actor=account(city["contact"]), now=NOW)
    there = Counter(
        code
        for code in ("SN", "SDN-1", "SDN-2", "BF")
        for line in card_of(period, committee(code, period)).lines
        if line.undertaking == own
    )
    assert there == {"SDN-1": 1}


def test_periods_are_there_for_the_committees_of_their_last_day(
    city: dict[str, Person], period: ReportingPeriod
) -> None:
    assert make_periods(on=TODAY) == 0
    assert committee("SDN-1", period).name == "Enheten SDN-1"
