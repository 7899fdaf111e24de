"""Nothing anybody has written is lost, and nobody writes over somebody else unseen."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from tests.factories import account, person
from tests.tracking.scorecards.making import DONE, NOW, committee, report, undertaking
from tracking.organisation.models import Person
from tracking.scorecards.making import make_periods
from tracking.scorecards.models import ReportingPeriod, Scorecard, Undertaking, UndertakingReport
from tracking.scorecards.writing import ChangedMeanwhile, Said, copy_forward, save_comment

pytestmark = pytest.mark.django_db
City = dict[str, Person]


def test_somebody_else_saved_meanwhile_and_both_texts_are_there(
    city: City, period: ReportingPeriod, undertakings: list[Undertaking]
) -> None:
    report(city["contact"], period, undertakings[0])
    with pytest.raises(ChangedMeanwhile) as refused:
        report(city["contact"], period, undertakings[0], replace(DONE, comment="mitt"), seen=0)
    assert refused.value.current.version == 1
    assert UndertakingReport.objects.get().comment == ""


def test_the_same_said_again_is_no_change(
    city: City, period: ReportingPeriod, undertakings: list[Undertaking]
) -> None:
    for _again in range(2):
        report(city["contact"], period, undertakings[0])
    assert UndertakingReport.objects.get().version == 1


def test_the_comment_on_the_whole_is_kept_in_the_same_way(
    city: City, period: ReportingPeriod
) -> None:
    asked = {"period": period, "committee": "SDN-1", "actor": account(city["contact"]), "now": NOW}
    save_comment(**asked, comment="Ett", seen=0)
    with pytest.raises(ChangedMeanwhile):
        save_comment(**asked, comment="Två", seen=0)
    assert Scorecard.objects.get().comment == "Ett"


def test_last_period_s_texts_come_forward_where_nothing_is_written_yet(
    city: City, period: ReportingPeriod, undertakings: list[Undertaking]
) -> None:
    before = ReportingPeriod.objects.get(code="2026-T1")
    first, second, _third = undertakings
    report(city["contact"], before, first, replace(DONE, comment="i våras"))
    report(city["contact"], before, second, replace(DONE, comment="i våras"))
    report(city["contact"], period, second, Said(comment="i höst"))
    asked = {"period": period, "committee": committee("SDN-1", period), "now": NOW}
    assert copy_forward(**asked, actor=account(city["contact"])) == 1
    assert copy_forward(**asked, actor=account(city["contact"])) == 0
    here = UndertakingReport.objects.filter(scorecard__period=period)
    assert {one.undertaking.code: (one.comment, one.status) for one in here} == {
        "U1": ("i våras", ""),
        "U2": ("i höst", ""),
    }


class TestWhateverIsWritten(TestCase):
    @settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")))
    def test_a_text_comes_back_as_it_was_written(self, text: str) -> None:
        make_periods(on=NOW.date())
        one, who = undertaking("U1"), person("contact")
        period = ReportingPeriod.objects.get(code="2026-T2")
        report(who, period, one, replace(DONE, comment=text, evidence=text))
        kept = UndertakingReport.objects.get()
        assert (kept.comment, kept.evidence) == (text, text)
