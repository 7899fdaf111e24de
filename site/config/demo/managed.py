"""What the demo's manager has done about their staff: two exemptions, and a deputy named."""

from datetime import date, datetime, time, timedelta

from foundation.intervals import STOCKHOLM
from tracking.delegation.actions import name_deputy
from tracking.exemptions.actions import record_exemptions
from tracking.exemptions.rules import Asked, ExemptionRefused, Reason, reason_in_words
from tracking.organisation.models import Duty, DutyRole, Employment, Person, User
from tracking.organisation.rules import PersonScope, visible_to
from tracking.status.queries import status_table
from tracking.status.rules import Status

UNIT = "SDN-JARVA-EB"
EXEMPT = 2
HELD_DAYS, LENT_DAYS = 120, 45


def do_what_managers_do(*, on: date) -> None:
    """Everything of this kind the demo has to show; a second time changes nothing."""
    manager = User.objects.get(username="enhetschef", is_demo=True)
    scope = visible_to(manager, on)
    staff = _staff(scope, on)
    _exempt(manager, staff, on)
    _lend(manager, staff, on)


def _staff(scope: PersonScope, on: date) -> list[Person]:
    """Plain people without a demo account of their own, in the order of their keys."""
    there = Employment.objects.known_now().on(on).filter(unit_code=UNIT, is_manager=False)
    people = Person.objects.filter(pk__in=there.values("person"), protected=False)
    return [
        one
        for one in people.order_by("person_id")
        if scope.sees(one.pk) and one.pk != scope.roles.person and one.user_id is None
    ]


def _exempt(manager: User, staff: list[Person], on: date) -> None:
    table = status_table(as_of=on, persons=[one.pk for one in staff])
    behind = [one for one in table.results if one.status in {Status.NOT_STARTED, Status.EXEMPT}]
    reasons = (
        reason_in_words(Reason.OTHER_WORK, "arbetar i stadens krisstab"),
        reason_in_words(Reason.LEAVING, ""),
    )
    by_key = {one.pk: one for one in staff}
    people = sorted({one.person for one in behind})[:EXEMPT]
    for person, reason in zip(people, reasons, strict=False):
        code = min(one.target for one in behind if one.person == person)
        asked = Asked(code, on - timedelta(days=14), on + timedelta(days=HELD_DAYS), reason)
        try:
            record_exemptions(people=[by_key[person]], asked=asked, unit=UNIT, actor=manager, on=on)
        except ExemptionRefused:
            continue  # the city's own files exempt them already


def _lend(manager: User, staff: list[Person], on: date) -> None:
    """To the first who is no deputy of HR's."""
    already = Duty.objects.known_now().filter(role=DutyRole.DEPUTY).exclude(valid_from=on)
    deputies = set(already.values_list("person_id", flat=True))
    deputy = next((one for one in staff if one.pk not in deputies), None)
    if deputy is not None:
        name_deputy(
            manager=manager.person,
            deputy=deputy,
            unit=UNIT,
            first=on,
            last=on + timedelta(days=LENT_DAYS),
            actor=manager,
            on=on,
            now=datetime.combine(on, time(9, 15), STOCKHOLM),
        )
