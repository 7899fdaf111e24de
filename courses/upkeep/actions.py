"""Writes: a law is replaced, lessons are flagged, and flags are closed."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from courses.pages.models import LessonPage
from courses.sources.models import LegalReference
from courses.sources.queries import current_library
from courses.upkeep.models import LessonFlag
from courses.upkeep.queries import author_of, cited_in, lessons_citing
from foundation.outbox import put
from tracking.organisation.models import User

TELL = "courses.tell_of_flags"


@transaction.atomic
def replace_law(
    *, old: LegalReference, new: Mapping[str, Any], ends: Any, actor: User, now: datetime
) -> list[LessonFlag]:
    """Enter what replaces a law, with its last day, and flag every lesson that cites it.

    Entered twice it is entered once: a law that stands under the key already is taken as it is.
    Raises ValidationError.
    """
    old = LegalReference.objects.select_for_update().get(pk=old.pk)
    law = LegalReference.objects.filter(key=new["key"]).first()
    if law is None:
        law = LegalReference(**new)
        law.full_clean(exclude=["latest_revision"])
        law.save()
        law.save_revision(user=actor, clean=False, log_action=True)
    if (old.valid_to, old.replaced_by_id) != (ends, law.pk):
        old.valid_to, old.replaced_by = ends, law
        old.full_clean(exclude=["latest_revision"])
        old.save()
        old.save_revision(user=actor, clean=False, log_action=True)
    return flag_lessons(law=old, now=now)


@transaction.atomic
def flag_lessons(*, law: LegalReference, now: datetime) -> list[LessonFlag]:
    """Flag the published lessons that cite a law, each once; their authors get one mail each."""
    raised = []
    for lesson in lessons_citing(law.key):
        flag, created = LessonFlag.objects.get_or_create(
            lesson=lesson,
            law=law,
            closed_at=None,
            defaults={"author": author_of(lesson), "raised_at": now},
        )
        if created:
            raised.append(flag)
    for author in sorted({flag.author_id for flag in raised if flag.author_id is not None}):
        put(TELL, key=str(author), author=author)
    return raised


@transaction.atomic
def close_when_published(*, lesson: LessonPage, actor: User | None, now: datetime) -> int:
    """Close the flags of laws that the lesson, as it is published, cites no more. How many."""
    cited = cited_in(lesson, current_library()).keys()
    flags = LessonFlag.objects.filter(lesson=lesson, closed_at=None).exclude(law__key__in=cited)
    return flags.update(closed_at=now, closed_by=actor)


@transaction.atomic
def close_by_decision(*, flag: LessonFlag, reason: str, actor: User, now: datetime) -> bool:
    """Close a flag because the lesson may cite the law as it does; False when it was closed."""
    still_open = LessonFlag.objects.filter(pk=flag.pk, closed_at=None)
    return still_open.update(closed_at=now, closed_by=actor, reason=reason) == 1
