"""Reads of the ledger: the catalogue, and what one person has completed."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import QuerySet

from tracking.ledger.models import Certificate, Completion, Course
from tracking.organisation.models import Person


def known_courses(codes: Collection[str], batch: int | None = None) -> dict[str, Course]:
    """The courses with these codes, as the catalogue was after `batch` (None: now). One query."""
    known = Course.objects.known_by(batch).filter(code__in=codes)
    return {course.code: course for course in known}


def completions_of(person: Person, batch: int | None = None) -> QuerySet[Completion]:
    """What a person has completed, latest first, each with its certificate if it has one, and who
    said so; as known after `batch` (None: now).
    """
    completions: QuerySet[Completion] = Completion.objects.known_by(batch).filter(person=person)
    return completions.select_related("certificate", "batch_in__actor__person").order_by(
        "-on", "course_code"
    )


def own_certificate(person: Person, public_id: UUID) -> Certificate:
    """A certificate of this person's; raises Certificate.DoesNotExist otherwise."""
    return Certificate.objects.select_related("completion").get(
        public_id=public_id, completion__person=person, completion__batch_out=None
    )
