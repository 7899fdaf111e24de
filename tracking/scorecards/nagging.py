"""Reminds a committee's key contacts of a scorecard that is not signed: before its last day to
report, and once after.

At most one mail a committee, period and distance; never to somebody who is away, never outside
working hours, and the mail says nothing of what the programme is about.
"""

from datetime import date, datetime

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.http import urlencode
from django.utils.translation import gettext, ngettext

from foundation.components.dates import swedish_date
from foundation.outbox import put
from tracking.organisation.models import Duty, DutyRole
from tracking.organisation.queries import organisation_on
from tracking.organisation.rules import stands_in
from tracking.reminders.hours import leaves_at
from tracking.reminders.people import Addressee, addressees
from tracking.scorecards.card import is_owed
from tracking.scorecards.committees import committees_of
from tracking.scorecards.models import ReportingPeriod, ScorecardNag

TASK = "tracking.nag_about_scorecards"
SEND = "tracking.send_scorecard_nag"
# Days before the last day to report; the last is the day after.
STEPS = (14, 7, 1, -1)
# A period that has been late longer than this is the coordinator's to speak of, not a mail's.
LATE_FOR = 14


def step_on(period: ReportingPeriod, on: date) -> int | None:
    """Which reminder is due on the day: the nearest distance that has been reached."""
    left = (period.report_by - on).days
    if left < -LATE_FOR:
        return None
    return next((step for step in reversed(STEPS) if left <= step), None)


def nag(*, on: date, now: datetime) -> int:
    """Put the reminders of the day in the outbox; gives how many. Twice is as once."""
    put_out = 0
    for period in ReportingPeriod.objects.filter(closing=None, first_day__lte=on):
        step = step_on(period, on)
        if step is None:
            continue
        for committee in committees_of(period, on):
            if is_owed(period, committee):
                put_out += _remember(period, committee.code, step, now)
    return put_out


@transaction.atomic
def _remember(period: ReportingPeriod, committee: str, step: int, now: datetime) -> bool:
    """Whether this is the first time; then a mail is on its way."""
    row, made = ScorecardNag.objects.get_or_create(
        period=period, committee=committee, days_before=step, defaults={"told_at": now}
    )
    if made:
        put(SEND, key=f"{row.pk}", not_before=leaves_at(now), nag=row.pk)
    return made


def send(*, nag: int, on: date) -> int:
    """Mail those who answer for the committee on the day, if it still has not signed; how many."""
    row = ScorecardNag.objects.select_related("period__closing").filter(pk=nag).first()
    if row is None or hasattr(row.period, "closing"):
        return 0
    there = {one.code: one for one in committees_of(row.period, on)}
    if row.committee not in there or not is_owed(row.period, there[row.committee]):
        return 0
    people = addressees(_key_contacts(row.committee, on), on)
    told = [one for one in people.values() if one.barred(on) is None]
    for one in told:
        _mail(row, one, on)
    return len(told)


def _key_contacts(committee: str, on: date) -> set[int]:
    """Who is key contact of the committee itself; of a unit above it where it has none."""
    tree = organisation_on(on)
    place = stands_in(tree, committee)
    if place is None:
        return set()
    held: dict[str | None, set[int]] = {}
    duties = Duty.objects.known_now().on(on).filter(role=DutyRole.KEY_CONTACT)
    for person, unit in duties.values_list("person_id", "unit_code"):
        held.setdefault(stands_in(tree, unit), set()).add(person)
    return next((held[unit] for unit in tree.path(place) if unit in held), set())


def _mail(row: ScorecardNag, who: Addressee, on: date) -> None:
    period = row.period
    query = urlencode({"period": period.code})
    there = f"{settings.WAGTAILADMIN_BASE_URL}{reverse('scorecards:card', args=[row.committee])}"
    with translation.override(who.language):
        left = (period.report_by - on).days
        if left > 0:
            subject = ngettext(
                "A report to sign within %(days)d day",
                "A report to sign within %(days)d days",
                left,
            ) % {"days": left}
        elif left == 0:
            subject = gettext("A report to sign today")
        else:
            subject = gettext("A report that has not been signed")
        said = gettext("It is to be reported by %(day)s, and is not signed yet.")
        EmailMessage(
            subject=subject,
            body="\n\n".join(
                [
                    gettext("Hello %(name)s,") % {"name": who.first_name},
                    said % {"day": swedish_date(period.report_by)},
                    f"{gettext('See what is missing, and sign:')}\n{there}?{query}",
                ]
            ),
            to=[who.email],
            # The same row run twice gives one message in a mailbox that knows what it has.
            headers={"Message-ID": f"<scorecard-{row.pk}-{who.public_id}@kompetens-mot-vald>"},
        ).send()
