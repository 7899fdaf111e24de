"""A committee that has not signed is reminded in time, once a distance, and not when away."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.mail import EmailMessage
from hypothesis import given
from hypothesis import strategies as st

from foundation.outbox import OutboxRow
from tests.factories import batch
from tests.tracking.scorecards.making import DONE, report, sign
from tracking.organisation.models import Absence, Person
from tracking.scorecards.models import PeriodKind, ReportingPeriod, ScorecardNag, Undertaking
from tracking.scorecards.nagging import STEPS, nag, send, step_on

pytestmark = pytest.mark.django_db
City = dict[str, Person]
BY = date(2026, 9, 20)
WORKDAY = datetime(2026, 9, 14, 8, tzinfo=UTC)  # a Monday, ten in Stockholm


@pytest.fixture
def contacts(city: City, period: ReportingPeriod, undertakings: list[Undertaking]) -> City:
    for who in ("contact", "other"):
        city[who].email = f"{who}@exempel.se"
        city[who].save()
    return city


def _told() -> set[tuple[str, int]]:
    rows = ScorecardNag.objects.filter(period__code="2026-T2")
    return set(rows.values_list("committee", "days_before"))


@given(st.integers(-40, 60))
def test_the_nearest_distance_that_is_reached_is_due(left: int) -> None:
    period = ReportingPeriod(
        code="X", kind=PeriodKind.ANNUAL, first_day=BY, last_day=BY, report_by=BY
    )
    step = step_on(period, BY - timedelta(days=left))
    reached = [one for one in STEPS if left <= one]
    assert step == (min(reached) if reached and left >= -14 else None)


def test_everybody_who_owes_is_reminded_once_a_distance(contacts: City) -> None:
    on = BY - timedelta(days=6)
    nag(on=on, now=WORKDAY)
    assert _told() == {("SN", 7), ("SDN-1", 7), ("SDN-2", 7), ("BF", 7)}
    nag(on=on + timedelta(days=1), now=WORKDAY)
    assert len(_told()) == 4
    nag(on=BY + timedelta(days=1), now=WORKDAY)
    assert {step for _committee, step in _told()} == {7, -1}
    assert OutboxRow.objects.filter(task="tracking.send_scorecard_nag").count() == 8


def test_who_has_signed_is_left_alone(
    contacts: City, period: ReportingPeriod, undertakings: list[Undertaking]
) -> None:
    for one in undertakings[:2]:
        report(contacts["contact"], period, one, DONE)
    sign(contacts["contact"], period)
    nag(on=BY - timedelta(days=6), now=WORKDAY)
    assert "SDN-1" not in {committee for committee, _step in _told()}


def _nag_of(code: str) -> int:
    nag(on=BY - timedelta(days=6), now=WORKDAY)
    return ScorecardNag.objects.get(committee=code, period__code="2026-T2").pk


def test_the_mail_goes_to_the_key_contact_and_says_nothing_of_the_subject(
    contacts: City, mailoutbox: list[EmailMessage]
) -> None:
    assert send(nag=_nag_of("SDN-1"), on=date(2026, 9, 14)) == 1
    [mail] = mailoutbox
    assert mail.to == ["contact@exempel.se"]
    assert mail.subject == "En rapport att signera inom 6 dagar"
    assert "/styrkort/SDN-1/?period=2026-T2" in mail.body
    assert "våld" not in mail.subject + mail.body.partition("http")[0]


def test_signed_meanwhile_or_away_gets_no_mail(
    contacts: City,
    period: ReportingPeriod,
    undertakings: list[Undertaking],
    mailoutbox: list[EmailMessage],
) -> None:
    key = _nag_of("SDN-1")
    for one in undertakings[:2]:
        report(contacts["contact"], period, one, DONE)
    sign(contacts["contact"], period)
    assert send(nag=key, on=date(2026, 9, 14)) == 0
    Absence.objects.create(person=contacts["other"], valid_from=date(2026, 9, 1), batch_in=batch())
    assert send(nag=_nag_of("SDN-2"), on=date(2026, 9, 14)) == 0
    assert mailoutbox == []


def test_a_committee_without_a_key_contact_reaches_nobody(contacts: City) -> None:
    assert send(nag=_nag_of("BF"), on=date(2026, 9, 14)) == 0
