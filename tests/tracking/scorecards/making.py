"""What the tests of the scorecards make and ask for."""

from datetime import UTC, date, datetime
from typing import Any

from tests.factories import account
from tracking.organisation.models import Person
from tracking.scorecards.committees import Committee, committees_of
from tracking.scorecards.frozen import figures_to_freeze
from tracking.scorecards.models import ReportingPeriod, SignOff, Undertaking, UndertakingReport
from tracking.scorecards.signing import sign_off
from tracking.scorecards.writing import Said, save_report

TODAY = date(2026, 9, 10)
NOW = datetime(2026, 9, 10, 9, tzinfo=UTC)
DONE = Said(status="genomfort", evidence="Beslut i nämnden", reference="2026/17")


def undertaking(code: str, **said: Any) -> Undertaking:
    return Undertaking.objects.create(
        **{
            "code": code,
            "title": f"Åtagande {code}",
            "owner": "Socialförvaltningen",
            "recipient": "Nämnderna",
            "valid_from": date(2021, 6, 1),
            "made_at": NOW,
            **said,
        }
    )


def committee(code: str, period: ReportingPeriod) -> Committee:
    return next(one for one in committees_of(period, TODAY) if one.code == code)


def report(
    who: Person,
    period: ReportingPeriod,
    one: Undertaking,
    said: Said = DONE,
    *,
    seen: int = 0,
    code: str = "SDN-1",
) -> UndertakingReport:
    return save_report(
        period=period,
        committee=code,
        undertaking=one,
        said=said,
        seen=seen,
        actor=account(who),
        now=NOW,
    )


def sign(who: Person, period: ReportingPeriod, code: str = "SDN-1") -> SignOff:
    return sign_off(
        period=period,
        committee=committee(code, period),
        frozen=figures_to_freeze(period, [code], now=NOW),
        actor=account(who),
        now=NOW,
        on=TODAY,
    )
