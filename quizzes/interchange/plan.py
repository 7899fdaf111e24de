"""What each question of a file would do to the bank: new, a new version, or nothing."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from quizzes.bank.models import Question, digest
from quizzes.interchange.drafts import Draft, Fit
from quizzes.interchange.mapping.canonical import canonical
from quizzes.interchange.source import Refused
from quizzes.types import InvalidContent


class Fate(StrEnum):
    """What becomes of a question of a file."""

    NEW = "new"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    KEPT = "kept"
    TWICE = "twice"
    REFUSED = "refused"


FATE_WORDS = {
    Fate.NEW: _("a new draft"),
    Fate.UPDATED: _("a new version, as a draft"),
    Fate.UNCHANGED: _("it is here already"),
    Fate.KEPT: _("left alone: it has been changed here since, or taken out of use"),
    Fate.TWICE: _("left out: the same question stands earlier in the file"),
    Fate.REFUSED: _("not brought in"),
}
WRITES = (Fate.NEW, Fate.UPDATED)


@dataclass(frozen=True, slots=True)
class Planned:
    """A question of a file, its key in the bank, and what bringing it in would do."""

    draft: Draft
    fate: Fate
    key: str = ""
    fingerprint: str = ""
    # Whether its key is that of an import; one of ours goes back to the question it came from.
    is_imported: bool = True


def plan(drafts: Sequence[Draft], *, source: str) -> list[Planned]:
    """What each would do, in their order. `source` names where the file comes from: the same
    question of the same source is one question, however often its file is brought in.
    """
    for draft in drafts:
        draft.tags = list(dict.fromkeys([*draft.tags, f"import {source}"[:100]]))
    keyed = _keyed(drafts, source)
    keys = {key for _draft, key in keyed} | {draft.idnumber for draft, _key in keyed}
    here = {one.key: one for one in Question.objects.filter(key__in=keys - {""})}
    planned: list[Planned] = []
    seen: set[str] = set()
    for draft, key in keyed:
        if draft.fit is Fit.REFUSED:
            planned.append(Planned(draft, Fate.REFUSED))
            continue
        said = said_of(draft)
        if said in seen:
            planned.append(Planned(draft, Fate.TWICE))
            continue
        seen.add(said)
        planned.append(_planned(draft, key, said, here))
    return planned


def said_of(draft: Draft) -> str:
    """A fingerprint of what a question of a file says."""
    return digest([draft.content, sorted(draft.tags), draft.difficulty, draft.use])


def said_here(question: Question) -> str:
    """The same of a question of the bank, in its latest version; empty when it can't be asked."""
    content = _content_of(question)
    if content is None:
        return ""
    return digest([content, sorted(question.tags.names()), question.difficulty, question.use])


def _content_of(question: Question) -> dict[str, Any] | None:
    try:
        return canonical(question.content())
    except (InvalidContent, Refused):
        return None


def latest_of(question: Question) -> Question:
    """A question in its latest version, published or not."""
    latest: Question = question.get_latest_revision_as_object()
    return latest


def _planned(draft: Draft, key: str, said: str, here: dict[str, Question]) -> Planned:
    ours = here.get(draft.idnumber) if draft.exported else None
    if ours is not None:
        # A file of ours. What is in it comes back to its question, unless that has been changed
        # since the file was written: then it is a question beside it.
        latest = latest_of(ours)
        if _content_of(latest) == draft.content:
            return Planned(draft, Fate.UNCHANGED, ours.key, said, is_imported=False)
        if said_here(latest) == draft.exported:
            return Planned(draft, Fate.UPDATED, ours.key, said, is_imported=False)
    question = here.get(key)
    if question is None:
        return Planned(draft, Fate.NEW, key, said)
    now = said_here(latest_of(question))
    if now == said:
        return Planned(draft, Fate.UNCHANGED, key, said)
    retired = not question.live and question.first_published_at is not None
    if retired or now != question.loaded_digest:
        return Planned(draft, Fate.KEPT, key, said)
    return Planned(draft, Fate.UPDATED, key, said)


def _keyed(drafts: Iterable[Draft], source: str) -> list[tuple[Draft, str]]:
    """Each with the key it has in the bank: by its id, else by its name and category.

    Those of a name, as people leave them, are told apart by their order.
    """
    times: Counter[str] = Counter()
    keyed = []
    for draft in drafts:
        name = draft.idnumber or f"{draft.category}\n{draft.name}"
        times[name] += 1
        identity = f"{source}\n{name}\n{times[name]}"
        mark = hashlib.sha256(identity.encode()).hexdigest()[:10]
        stem = slugify(draft.idnumber or draft.name)[:50].strip("-_") or "fraga"
        keyed.append((draft, f"{stem}-{mark}"))
    return keyed
