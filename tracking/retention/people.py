"""A person who left long ago becomes a pseudonym; every figure of any day stays what it was.

The facts stay, under the same row: units, roles and dates are what figures are counted from. What
says who it was goes: name, address, HR's key, the account, the keys in addresses, free texts.
"""

import re
import secrets
import uuid
from collections.abc import Callable, Collection
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from foundation.facts import FactBatch
from foundation.intervals import today
from foundation.jobs.models import Job
from tracking.audit.models import AuditEvent
from tracking.ledger.models import Certificate, Completion, PendingCompletion
from tracking.ledger.numbers import new_number
from tracking.organisation.forgetting import remember_to_forget
from tracking.organisation.models import Absence, Duty, Employment, Person, User
from tracking.retention.proofs import forget_proofs
from tracking.retention.reminders import forget_person
from tracking.retention.rules import Disposed, Rule, midnight
from tracking.targets.models import Exemption

# What an upper app keeps of an account: given the account and the name it has from now on.
Trace = Callable[[User, str], None]
_TRACES: list[Trace] = []


def register_trace(trace: Trace) -> None:
    """Let an app take away what it keeps of an account that is pseudonymised."""
    if trace not in _TRACES:
        _TRACES.append(trace)


def left_before(day: date) -> QuerySet[Person]:
    """Those whose last employment and duty ended before the day, not yet pseudonymised.

    Somebody all of whose employments were withdrawn counts from the day that became known. Those
    whom an import under way has brought ahead of their facts have not left: they have not come.
    """
    there = Employment.objects.filter(person=OuterRef("pk"))
    goes_on = Q(valid_to=None) | Q(valid_to__gt=day)
    lately = there.filter(batch_out__recorded_at__gte=midnight(day))
    return (
        Person.objects.filter(pseudonymised_on=None, arriving=None)
        .exclude(Exists(there.known_now().filter(goes_on)))
        .exclude(Exists(Duty.objects.known_now().filter(goes_on, person=OuterRef("pk"))))
        .filter(Exists(there.known_now()) | ~Exists(lately))
    )


def _count(before: date) -> int:
    return left_before(before).count()


def _dispose(before: date, limit: int) -> Disposed:
    people = list(left_before(before).select_for_update(of=("self",)).order_by("pk")[:limit])
    pseudonymise(people, on=today())
    return Disposed(len(people), frozenset(person.pk for person in people))


def pseudonymise(people: Collection[Person], *, on: date) -> None:
    """Take away what says who they are. Inside a transaction."""
    new = {person.person_id: f"x-{secrets.token_hex(16)}" for person in people}
    _forget_in_file_names(new)
    remember_to_forget(new, on=on)
    for person in people:
        pseudonym = new[person.person_id]
        _forget_in_the_ledger(person, pseudonym)
        forget_person(person)
        if person.user is not None:
            _close(person.user, pseudonym)
        person.person_id, person.public_id = pseudonym, uuid.uuid4()
        person.first_name = person.last_name = person.email = ""
        person.pseudonymised_on = on
        person.save()


def _forget_in_the_ledger(person: Person, pseudonym: str) -> None:
    """Free texts, which anybody may have written anything in, and keys in addresses."""
    Absence.objects.filter(person=person).update(kind="")
    Exemption.objects.filter(person=person).update(reason="")
    Completion.objects.filter(person=person).update(result="")
    for completion in Completion.objects.filter(person=person, judged_by__has_key="attempt"):
        del completion.judged_by["attempt"]
        completion.save(update_fields=["judged_by"])
    for completion in Completion.objects.filter(person=person, judged_by__has_key="proof"):
        for key in ("proof", "sha256"):
            completion.judged_by.pop(key, None)
        completion.save(update_fields=["judged_by"])
    forget_proofs(person.pk)
    for certificate in Certificate.objects.filter(completion__person=person):
        # The number on paper leads nowhere any more, and the paper not back to the row.
        certificate.public_id, certificate.number = uuid.uuid4(), new_number()
        certificate.revoked_reason = ""
        certificate.save(update_fields=["public_id", "number", "revoked_reason"])
    mine = Q(matched_to=person)
    if person.email:
        mine |= Q(email__iexact=person.email)
    PendingCompletion.objects.filter(mine).update(email=pseudonym, result="", dismissed_reason="")


def _close(user: User, pseudonym: str) -> None:
    for trace in _TRACES:
        trace(user, pseudonym)
    Job.objects.of(user).exclude(ended_at=None).delete()
    user.groups.clear()
    user.user_permissions.clear()
    user.username, user.language, user.last_login = pseudonym, "", None
    user.first_name = user.last_name = user.email = ""
    user.is_active = user.is_staff = user.is_superuser = False
    user.session_epoch += 1
    user.set_unusable_password()
    user.save()


def _forget_in_file_names(new: dict[str, str]) -> None:
    """A file may be called after the one person it is about."""
    if not new:
        return
    keys = "|".join(re.escape(key) for key in sorted(new, key=len, reverse=True))
    whole = re.compile(rf"(?<![^\W_])({keys})(?![^\W_])")
    for batch in FactBatch.objects.exclude(file_name="").only("pk", "file_name").iterator():
        name = whole.sub(lambda found: new[found[1]], batch.file_name)[:255]
        if name != batch.file_name:
            FactBatch.objects.filter(pk=batch.pk).update(file_name=name)


PEOPLE = Rule(
    "person",
    _("People who have left: who they were"),
    24,
    _count,
    _dispose,
    AuditEvent.PERSON_PSEUDONYMISED,
    at_once=100,
)
