"""Brings the questions of a file into the bank, as drafts that somebody reviews and publishes."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from wagtail.log_actions import log

from quizzes.bank.models import Question, Use
from quizzes.interchange.drafts import Fit
from quizzes.interchange.plan import WRITES, Fate, Planned, latest_of
from quizzes.interchange.stored import body_of, with_ids


@transaction.atomic
def bring_in(*, planned: Iterable[Planned], source: str, actor: Any) -> list[Planned]:
    """Write what is new or changed, in one transaction; gives what became of each.

    Nothing is published, and what the bank has is never overwritten: a change is a new version.
    A question that can't be saved is refused whole. `actor` is the account that brings it in, or
    None from the command line.
    """
    done = []
    for one in planned:
        if one.fate not in WRITES:
            done.append(one)
            continue
        try:
            with transaction.atomic():
                _write(one, source, actor)
        except ValidationError as error:
            refused = replace(one.draft, fit=Fit.REFUSED, reason=" ".join(error.messages))
            done.append(Planned(refused, Fate.REFUSED))
        else:
            done.append(one)
    return done


def _write(one: Planned, source: str, actor: Any) -> None:
    """Save one as a draft; raises ValidationError."""
    draft, new = one.draft, one.fate is Fate.NEW
    if new:
        question = Question(key=one.key, live=False, source=f"{source}: {draft.name}"[:300])
    else:
        question = latest_of(Question.objects.select_for_update().get(key=one.key))
    content = with_ids(draft.content, one.key)
    question.text, question.explanation = content["text"], content["explanation"]
    question.body = body_of(content, one.key)
    question.teaches = content["teaches"]
    question.difficulty = draft.difficulty
    question.use = Use(draft.use)
    if one.is_imported:
        question.loaded_digest = one.fingerprint
    question.tags.set(draft.tags)
    question.full_clean(exclude=["latest_revision", "live_revision", "locked_by"])
    if new:
        question.save()
        log(instance=question, action="wagtail.create", user=actor)
    else:
        Question.objects.filter(pk=question.pk).update(loaded_digest=question.loaded_digest)
    question.save_revision(user=actor, clean=False, log_action=not new)
