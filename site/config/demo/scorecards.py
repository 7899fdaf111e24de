"""The demo's scorecards: the plan goes on, one period is closed, the next is half signed.

What the committees say is made up, and nobody should take it for the city's.
"""

from datetime import date, datetime, time, timedelta
from itertools import cycle, islice

from django.db import transaction

from foundation.intervals import STOCKHOLM
from tracking.organisation.models import Duty, DutyRole, Person, User
from tracking.organisation.queries import organisation_on
from tracking.scorecards.card import card_of
from tracking.scorecards.committees import Committee, committees_of
from tracking.scorecards.frozen import Frozen, figure_rows
from tracking.scorecards.making import make_periods
from tracking.scorecards.models import (
    PeriodKind,
    ReportingPeriod,
    Scorecard,
    Undertaking,
    UndertakingReport,
    UndertakingStatus,
)
from tracking.scorecards.periods import periods_of_year
from tracking.scorecards.plan.reading import programme_end
from tracking.scorecards.signing import close_period, sign_off
from tracking.scorecards.undertakings import continue_undertakings, load_plan
from tracking.status.figures import figures

TOLD_OF = "SDN-JARVA"  # the committee whose key contact has an account
YEARLY = (PeriodKind.TERTIAL_1, PeriodKind.TERTIAL_2, PeriodKind.ANNUAL)
REASON = "Fortsätter tills ett nytt program är beslutat (demo)"
UNDER_WAY, DONE = UndertakingStatus.UNDER_WAY, UndertakingStatus.DONE
# Status, comment, evidence, reference number.
SAID = (
    (UNDER_WAY, "Arbetet löper enligt planen. Nästa steg är en genomgång på enheterna.", "", ""),
    (DONE, "Klart för perioden.", "Information på arbetsplatsträffar på alla enheter.", ""),
    (UNDER_WAY, "Två av fyra enheter är i gång, resten börjar efter sommaren.", "", ""),
    (DONE, "Rutinen är beslutad och känd.", "Rutin beslutad av ledningsgruppen.", "2026/118"),
    (UndertakingStatus.OFF_TRACK, "Har stannat av när samordnartjänsten blev vakant.", "", ""),
    (UndertakingStatus.NOT_BEGUN, "Börjar när underlaget från socialförvaltningen finns.", "", ""),
    (UNDER_WAY, "Medarbetarna får gå kursen på arbetstid.", "Plan för kompetens 2026.", ""),
    (UndertakingStatus.NOT_RELEVANT, "Nämnden har ingen sådan verksamhet.", "", ""),
)
WHOLE = (
    "Arbetet går framåt. Flest har gått webbkurserna; svårast är att hinna med samverkan.",
    "Perioden har präglats av nyanställningar, och introduktionen har fått ta plats.",
    "Vi har börjat följa upp på enhetsnivå, och cheferna frågar efter fler verktyg.",
)


@transaction.atomic
def keep_scorecards(*, on: date) -> None:
    """Undertakings, periods and what the committees have said of the last two; once."""
    make_periods(on=on)
    coordinator = User.objects.filter(username="samordnare", is_demo=True).first()
    if coordinator is None or Undertaking.objects.exists():
        return
    began = datetime.combine(date(on.year, 1, 15), time(9), STOCKHOLM)
    load_plan(now=began)
    continue_undertakings(
        undertakings=list(Undertaking.objects.filter(valid_to=programme_end())),
        last_day=None,
        reason=REASON,
        actor=coordinator,
        now=began,
    )
    ended = _last_two(on)
    for at, period in enumerate(ended):
        _report(period, on, is_last=at + 1 == len(ended), coordinator=coordinator)
    _begin_the_next(on)


def _last_two(on: date) -> list[ReportingPeriod]:
    """The last two periods of a year that have ended; made where they lie too far back."""
    ended = [one for year in (on.year - 1, on.year) for one in periods_of_year(year)]
    for one in [one for one in ended if one.last_day < on][-2:]:
        ReportingPeriod.objects.get_or_create(code=one.code, defaults=one._asdict())
    there = ReportingPeriod.objects.filter(kind__in=YEARLY, last_day__lt=on)
    return list(there.order_by("-last_day")[:2])[::-1]


def _report(period: ReportingPeriod, on: date, *, is_last: bool, coordinator: User) -> None:
    """Most of them sign; of the last period some are still writing, and two have not begun."""
    committees = committees_of(period, on)
    moment = _moment(min(period.report_by - timedelta(days=3), on))
    found = figures(as_of=period.last_day, known_at=moment)
    units = [str(organisation_on(period.last_day).root), *(one.code for one in committees)]
    rows = figure_rows(found, units)
    known = found.stand.known_through or moment
    for at, committee in enumerate(committees):
        actor = _key_contact(committee)
        if actor is None or at % 8 == 5 or (not is_last and at % 11 == 3):
            continue
        writes_still = is_last and (committee.code == TOLD_OF or at % 5 == 2)
        _write(period, committee, actor, moment, at, leaves=writes_still)
        if not writes_still and card_of(period, committee).lines:
            own = [row for row in rows if row["enhet"] == committee.code]
            frozen = Frozen(period.last_day, found.stand.batch or None, known, own)
            days = timedelta(days=-(at % 6), hours=at % 5)
            sign_off(
                period=period,
                committee=committee,
                frozen=frozen,
                actor=actor,
                now=moment + days,
                on=max((moment + days).date(), period.last_day),
            )
    if not is_last:
        frozen = Frozen(period.last_day, found.stand.batch or None, known, rows)
        after = _moment(min(period.report_by + timedelta(days=8), on))
        close_period(
            period=period,
            committees=committees,
            frozen=frozen,
            actor=coordinator,
            now=after,
            on=after.date(),
        )


def _begin_the_next(on: date) -> None:
    """A few have begun on the period that goes on."""
    period = (
        ReportingPeriod.objects.filter(kind__in=YEARLY, last_day__gte=on, first_day__lte=on)
        .order_by("last_day")
        .first()
    )
    if period is None:
        return
    for at, committee in enumerate(committees_of(period, on)):
        actor = _key_contact(committee)
        if actor is not None and (committee.code == TOLD_OF or at % 6 == 1):
            _write(period, committee, actor, _moment(on - timedelta(days=4)), at, leaves=True)


def _write(
    period: ReportingPeriod,
    committee: Committee,
    actor: User,
    moment: datetime,
    at: int,
    *,
    leaves: bool,
) -> None:
    """What the committee says of each undertaking; `leaves`: not of the last ones yet."""
    lines = card_of(period, committee).lines
    if not lines:
        return
    card = Scorecard.objects.create(
        period=period,
        committee=committee.code,
        comment="" if leaves else WHOLE[at % len(WHOLE)],
        version=0 if leaves else 1,
        changed_at=moment,
        changed_by=actor,
    )
    left = 2 if leaves else 0
    said = islice(cycle(SAID), at % len(SAID), None)
    UndertakingReport.objects.bulk_create(
        UndertakingReport(
            scorecard=card,
            undertaking=line.undertaking,
            status=status,
            comment=comment,
            evidence=evidence,
            reference=reference,
            responsible_role="Verksamhetscontroller" if number % 3 else "Avdelningschef",
            version=1,
            changed_at=moment,
            changed_by=actor,
        )
        for number, (line, (status, comment, evidence, reference)) in enumerate(
            zip(lines[: len(lines) - left], said, strict=False)
        )
    )


def _key_contact(committee: Committee) -> User | None:
    """The account of who follows the committee up; made, without a password, where there is none.

    A signature is somebody's.
    """
    duty = Duty.objects.known_now().filter(
        role=DutyRole.KEY_CONTACT, unit_code=committee.code, valid_to=None
    )
    held = duty.select_related("person").first()
    if held is None:
        return None
    person: Person = held.person
    if person.user is None:
        user = User(username=f"nyckelperson-{committee.code.lower()}")
        user.set_unusable_password()
        user.save()
        person.user = user
        person.save(update_fields=["user"])
    return person.user


def _moment(day: date) -> datetime:
    return datetime.combine(day, time(10, 30), STOCKHOLM)
