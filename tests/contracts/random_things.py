"""What managers and coordinators have recorded of everybody, by who made it or whom it is of."""

from datetime import timedelta

from django.utils import timezone

from foundation.facts import open_batch
from tests.factories import LONG_AGO, batch
from tests.tracking.organisation.random_organisations import TODAY
from tracking.delegation.models import Delegation
from tracking.evidence.attendance.models import Attendance, Attended
from tracking.evidence.matching.actions import MATCHED
from tracking.evidence.proof.files import keep, new_place
from tracking.evidence.proof.models import Proof, ProofState
from tracking.ledger.models import Completion, CompletionSource, PendingCompletion
from tracking.organisation.models import Person, User
from tracking.reminders.models import Bounce, Kind, Reminder, ReminderBatch
from tracking.targets.models import Exemption

Things = dict[str, dict[str, str]]


def things_of_all(people: dict[str, Person], users: dict[str, User]) -> Things:
    """By kind of thing. What names people names them all: only rights can leave any out."""
    for key, who in people.items():
        if not who.email:
            who.email = f"{key}@exempel.se"
            who.save()
    return {
        "attendance": {key: _attendance(user) for key, user in users.items()},
        "reminders": {key: _reminders(user, people) for key, user in users.items()},
        "exemption": {key: _exemption(who) for key, who in people.items()},
        "delegation": _delegations(people),
        "bounce": {key: _bounce(who) for key, who in people.items()},
        "proof": {key: _proof(who, f"eget-{key}") for key, who in people.items()},
        # The very same file of them all: who judges one is told of the others.
        "paper": {key: _proof(who, "samma") for key, who in people.items()},
        "waiting": {key: _waiting(who) for key, who in people.items()},
        "match": {key: str(open_batch(origin=MATCHED).pk) for key in users},
    }


def _attendance(user: User) -> str:
    """Somebody's recording of them all, who had the course already."""
    made = Attendance.objects.create(
        unit_code="U0",
        course_code="KURS",
        on=TODAY,
        recorded_by=user,
        recorded_at=timezone.now(),
    )
    Attended.objects.bulk_create(
        Attended(attendance=made, person_id=one.person_id, completion=one, is_new=False)
        for one in Completion.objects.all()
    )
    return str(made.public_id)


def _reminders(user: User, people: dict[str, Person]) -> str:
    """Mails to them all that somebody asked for; they leave tomorrow."""
    now = timezone.now()
    asked = ReminderBatch.objects.create(
        key=f"prov-{user.pk}",
        kind=Kind.MANAGER,
        sent_by=user,
        created_at=now,
        leaves_at=now + timedelta(days=1),
    )
    Reminder.objects.bulk_create(
        Reminder(batch=asked, person=who, kind=Kind.MANAGER, made_on=TODAY, day=TODAY)
        for who in people.values()
    )
    return str(asked.public_id)


def _exemption(who: Person) -> str:
    """One that changes nothing in the figures: of a target that is none any more."""
    made = Exemption.objects.create(
        person=who, target_code="BORTA", valid_from=LONG_AGO, reason="Prov", batch_in=batch()
    )
    return str(made.pk)


def _waiting(who: Person) -> str:
    """A row of a provider's list under somebody's own address, that waits for its person."""
    row = PendingCompletion.objects.create(
        email=who.email,
        course_code="KURS",
        on=TODAY,
        source=CompletionSource.IMPORT,
        batch_in=batch(),
    )
    return str(row.pk)


def _bounce(who: Person) -> str:
    """That mail to somebody's address came back for good."""
    made = Bounce.objects.create(
        person=who, address=who.email, at=timezone.now(), status="5.1.1", is_hard=True
    )
    return str(made.public_id)


def _proof(who: Person, file: str) -> str:
    """A proof that waits to be judged, with its picture."""
    place = new_place()
    keep(place, [b"\xff\xd8\xff"])
    made = Proof.objects.create(
        person=who,
        state=ProofState.WAITING,
        course_code="KURS",
        on=TODAY,
        begun_at=timezone.now(),
        handed_in_at=timezone.now(),
        sha256_uploaded=file,
        sha256_kept=file,
        place=place,
        pages=1,
    )
    return str(made.public_id)


def _delegations(people: dict[str, Person]) -> dict[str, str]:
    """One of each to the next, by who gave it: each has ended, so nobody sees anybody by it."""
    keys, now = list(people), timezone.now()
    return {
        key: str(
            Delegation.objects.create(
                manager=people[key],
                deputy=people[deputy],
                unit_code="U0",
                valid_from=LONG_AGO,
                named_at=now,
                ended_at=now,
            ).public_id
        )
        for key, deputy in zip(keys, [*keys[1:], keys[0]], strict=True)
    }
