"""Hands a proof in, decides on it, takes it back, and takes its file away. Twice is once."""

from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet

from foundation.facts import take_batch_lock
from foundation.intervals import STOCKHOLM
from tracking.audit.actions import record
from tracking.audit.models import AuditEvent
from tracking.evidence.attendance.actions import TAKEN_ELSEWHERE, refuse_day
from tracking.evidence.proof.files import Drawn, keep, new_place, remove
from tracking.evidence.proof.models import IN_USE, Proof, ProofState
from tracking.ledger.actions import UnknownCourse, record_completion, withdraw_completion
from tracking.ledger.models import CompletionSource, Course
from tracking.organisation.models import Person, User

DRAFT_KEPT = timedelta(hours=24)


class ProofRefused(ValueError):
    """Why it can't be done: a key of tracking.evidence.proof.words.REFUSED."""


class DecidedAlready(Exception):
    """Somebody else was quicker, or its owner took it back."""

    def __init__(self, proof: Proof) -> None:
        super().__init__(proof.state)
        self.proof = proof


def draft_of(person: Person) -> Proof | None:
    """What the person has handed over and not handed in."""
    return Proof.objects.filter(person=person, state=ProofState.DRAFT).first()


def keep_draft(*, person: Person, file: Drawn, now: datetime) -> Proof:
    """Keep a file whose form is not whole yet; it takes the place of an earlier one."""
    with transaction.atomic():
        _hold(person)
        old = list(Proof.objects.filter(person=person, state=ProofState.DRAFT))
        Proof.objects.filter(pk__in=[one.pk for one in old]).delete()
        proof = Proof.objects.create(
            person=person,
            begun_at=now,
            sha256_uploaded=file.sha256_uploaded,
            sha256_kept=file.sha256_kept,
            place=new_place(),
            pages=len(file.pages),
        )
    for one in old:
        remove(one.place, one.pages)
    keep(proof.place, file.pages)
    return proof


@transaction.atomic
def hand_in(
    *, draft: Proof, course_code: str, on: date, note: str, actor: User, now: datetime
) -> Proof:
    """Let somebody judge it. Handed in twice it waits once. Raises ProofRefused and, of the day,
    AttendanceRefused; ledger's UnknownCourse.
    """
    _hold(draft.person)
    held = Proof.objects.select_for_update(of=("self",)).get(pk=draft.pk)
    if held.state != ProofState.DRAFT:
        return held
    refuse_day(on, now.astimezone(STOCKHOLM).date())
    refuse_course(course_code)
    again = Proof.objects.filter(
        same_file(held), person=held.person, course_code=course_code, state__in=IN_USE
    )
    if again.exists():
        raise ProofRefused("again")
    held.state, held.course_code, held.on = ProofState.WAITING, course_code, on
    held.note, held.handed_in_at = note, now
    held.save()
    record(
        AuditEvent.PROOF_HANDED_IN,
        actor=actor,
        about=[held.person_id],
        detail={"kurs": course_code, "underlag": str(held.public_id)},
    )
    return held


@transaction.atomic
def verify(*, proof: Proof, course_code: str, on: date, actor: User, now: datetime) -> Proof:
    """It shows what it says: the course counts from today, as taken that day.

    Of several who decide at once one does. Raises DecidedAlready, ProofRefused, UnknownCourse and
    AttendanceRefused of the day. Whether `actor` may see the person is the caller's to ask.
    """
    held = _undecided(proof, actor)
    refuse_day(on, now.astimezone(STOCKHOLM).date())
    refuse_course(course_code)
    if others_with(held).exists():
        raise ProofRefused("used")
    held.completion = record_completion(
        person=held.person,
        course_code=course_code,
        on=on,
        source=CompletionSource.CERTIFICATE,
        actor=actor,
        judged_by={
            "proof": str(held.public_id),
            "by": actor.pk,
            "decided_at": now.isoformat(),
            "sha256": held.sha256_uploaded,
        },
    )
    return _decided(held, ProofState.VERIFIED, "", actor, now)


@transaction.atomic
def refuse(*, proof: Proof, reason: str, actor: User, now: datetime) -> Proof:
    """It does not show what it says, for a reason that its owner reads. Raises DecidedAlready."""
    return _decided(_undecided(proof, actor), ProofState.REFUSED, reason, actor, now)


@transaction.atomic
def annul(*, proof: Proof, reason: str, actor: User, now: datetime) -> Proof:
    """A verification was wrong: what it brought counts no more, and its owner reads why.

    Raises DecidedAlready for one that is not verified, ProofRefused for one's own.
    """
    take_batch_lock()
    held = Proof.objects.select_for_update(of=("self",)).get(pk=proof.pk)
    if held.state != ProofState.VERIFIED:
        raise DecidedAlready(held)
    _refuse_own(held, actor)
    completion = held.completion
    if completion and completion.judged_by.get("proof") == str(held.public_id):
        withdraw_completion(completion=completion, actor=actor)
    return _decided(held, ProofState.REFUSED, reason, actor, now)


@transaction.atomic
def withdraw(*, proof: Proof, actor: User, now: datetime) -> bool:
    """Its owner takes it back before anybody has decided, and its file goes; whether this did."""
    held = Proof.objects.select_for_update(of=("self",)).get(pk=proof.pk)
    if held.state not in {ProofState.WAITING, ProofState.DRAFT}:
        return False
    held.state, held.removed_at, held.note = ProofState.WITHDRAWN, now, ""
    held.save(update_fields=["state", "removed_at", "note"])
    record(
        AuditEvent.PROOF_WITHDRAWN,
        actor=actor,
        about=[held.person_id],
        detail={"kurs": held.course_code, "underlag": str(held.public_id)},
    )
    transaction.on_commit(lambda: remove(held.place, held.pages))
    return True


def remove_files(*, now: datetime) -> int:
    """Take away the files that have been kept their time; gives of how many proofs."""
    decided = now - timedelta(days=settings.PROOF_KEPT_DAYS)
    old = Proof.objects.filter(removed_at=None, decided_at__lte=decided)
    count = 0
    for proof in old.iterator(chunk_size=500):
        remove(proof.place, proof.pages)
        # What is written of one's course belongs to the file, and goes with it.
        Proof.objects.filter(pk=proof.pk).update(removed_at=now, note="")
        count += 1
    for proof in Proof.objects.filter(state=ProofState.DRAFT, begun_at__lte=now - DRAFT_KEPT):
        remove(proof.place, proof.pages)
        proof.delete()
        count += 1
    return count


def same_file(proof: Proof) -> Q:
    """Proofs of the very same file, as handed over or as drawn."""
    return Q(sha256_uploaded=proof.sha256_uploaded) | Q(sha256_kept=proof.sha256_kept)


def others_with(proof: Proof) -> QuerySet[Proof]:
    """Proofs in use of other people that are the very same file."""
    found = Proof.objects.filter(same_file(proof), state__in=IN_USE)
    return found.exclude(person=proof.person_id)


def refuse_course(code: str) -> None:
    """Raises UnknownCourse, and ProofRefused for a course that is taken here."""
    course = Course.objects.known_now().filter(code=code).first()
    if course is None:
        raise UnknownCourse(code)
    if course.form not in TAKEN_ELSEWHERE:
        raise ProofRefused("module")


def _undecided(proof: Proof, actor: User) -> Proof:
    """The proof, held until the transaction ends; the lock of facts first, as everywhere."""
    take_batch_lock()
    held: Proof = (
        Proof.objects.select_for_update(of=("self",)).select_related("person").get(pk=proof.pk)
    )
    if held.state != ProofState.WAITING:
        raise DecidedAlready(held)
    _refuse_own(held, actor)
    return held


def _refuse_own(proof: Proof, actor: User) -> None:
    if proof.person.user_id == actor.pk:
        raise ProofRefused("own")


def _decided(proof: Proof, state: ProofState, reason: str, actor: User, now: datetime) -> Proof:
    was_verified = proof.state == ProofState.VERIFIED
    proof.state, proof.reason, proof.decided_by, proof.decided_at = state, reason, actor, now
    proof.save()
    said = "aterkallat" if was_verified else state.value
    record(
        AuditEvent.PROOF_DECIDED,
        actor=actor,
        about=[proof.person_id],
        detail={"beslut": said, "kurs": proof.course_code, "underlag": str(proof.public_id)},
    )
    return proof


def _hold(person: Person) -> None:
    """One thing at a time of one person's."""
    Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
