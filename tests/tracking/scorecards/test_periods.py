"""The periods are there before anybody needs them, and what somebody has set stays."""

from datetime import date

import pytest

from tracking.scorecards.making import make_periods
from tracking.scorecards.models import PeriodKind, ReportingPeriod

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)


def _codes() -> list[str]:
    return list(ReportingPeriod.objects.values_list("code", flat=True))


def test_the_last_ones_and_the_next_ones_are_made() -> None:
    assert make_periods(on=TODAY) == 8
    assert _codes() == [
        "2021-2025-SLUT",
        "2025-VB",
        "2026-T1",
        "2026-T2",
        "2026-VB",
        "2027-T1",
        "2027-T2",
        "2027-VB",
    ]


def test_an_interim_report_is_about_the_year_so_far() -> None:
    make_periods(on=TODAY)
    second = ReportingPeriod.objects.get(code="2026-T2")
    assert second.kind == PeriodKind.TERTIAL_2
    assert (second.first_day, second.last_day) == (date(2026, 1, 1), date(2026, 8, 31))
    assert second.report_by == date(2026, 9, 20)


def test_made_again_nothing_is_made_and_a_day_somebody_set_stays() -> None:
    make_periods(on=TODAY)
    ReportingPeriod.objects.filter(code="2026-VB").update(report_by=date(2027, 1, 25))
    assert make_periods(on=TODAY) == 0
    assert ReportingPeriod.objects.get(code="2026-VB").report_by == date(2027, 1, 25)


def test_the_half_way_report_is_made_when_its_time_is_near() -> None:
    make_periods(on=date(2023, 5, 1))
    half_way = ReportingPeriod.objects.get(kind=PeriodKind.HALFWAY)
    assert (half_way.code, half_way.last_day) == ("2021-2025-HALVTID", date(2023, 6, 30))
