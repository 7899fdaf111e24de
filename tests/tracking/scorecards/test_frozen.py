"""What is signed can't be changed: not by the program, and not by who writes to the database."""

from datetime import UTC, date, datetime

import pytest
from django.db import DatabaseError, connection, transaction

from tests.factories import account, person
from tracking.scorecards.making import make_periods
from tracking.scorecards.models import PeriodClosing, Reopening, ReportingPeriod, SignOff

pytestmark = pytest.mark.django_db
SAYS = "what is signed is never changed"
NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)


@pytest.fixture
def signed() -> None:
    make_periods(on=date(2026, 11, 22))
    period, user = ReportingPeriod.objects.get(code="2026-T2"), account(person("P1"))
    figures = {
        "as_of": period.last_day,
        "known_at": NOW,
        "figures": [],
        "text": {},
        "signed_by": user,
        "signed_at": NOW,
        "hash": "0" * 64,
    }
    one = SignOff.objects.create(period=period, committee="SN", version=1, **figures)
    Reopening.objects.create(sign_off=one, reason="Fel", reopened_by=user, reopened_at=NOW)
    PeriodClosing.objects.create(period=period, **figures)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE tracking_signoff SET committee = 'AMN'",
        "UPDATE tracking_signoff SET figures = '[1]'",
        "DELETE FROM tracking_reopening",
        "UPDATE tracking_reopening SET reason = 'Annat'",
        "DELETE FROM tracking_periodclosing",
        "UPDATE tracking_periodclosing SET as_of = '2026-01-01'",
    ],
)
@pytest.mark.usefixtures("signed")
def test_the_database_refuses(statement: str) -> None:
    with (
        pytest.raises(DatabaseError, match=SAYS),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


@pytest.mark.usefixtures("signed")
def test_a_sign_off_cannot_be_taken_away() -> None:
    with pytest.raises(DatabaseError, match=SAYS), transaction.atomic():
        SignOff.objects.filter(committee="SN")._raw_delete(using="default")
    assert SignOff.objects.count() == 1
