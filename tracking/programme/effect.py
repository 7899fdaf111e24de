"""What a draft would change, as the page says it: people in and out, and the share, by district."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.core.cache import cache

from foundation.facts import FactBatch
from foundation.jobs.progress import UNWATCHED, Steps
from tracking.organisation.models import Employment
from tracking.organisation.queries import OrganisationDay, organisation_on
from tracking.status.queries import UnitSummary
from tracking.status.rules import TargetRow
from tracking.status.target_rows import target_row
from tracking.status.trial import Trial, day_of, trial
from tracking.targets.models import Target
from tracking.targets.rows import read_row

KEPT_SECONDS = 60 * 60
# Employments known; a larger city is worked out as a job, with its progress shown.
MOST_AT_ONCE = 250_000
UNNAMED = "–"  # stands for a name and a code not filled in yet: neither changes whom it is for


@dataclass(frozen=True, slots=True)
class Here:
    """What changes in one unit, with all below it."""

    code: str
    name: str
    before: UnitSummary | None
    after: UnitSummary | None
    came: int
    left: int

    @property
    def people_before(self) -> int:
        """How many the target is for now."""
        return self.before.audience if self.before else 0

    @property
    def people_after(self) -> int:
        """How many it would be for."""
        return self.after.audience if self.after else 0

    @property
    def share_before(self) -> int | None:
        """Whole per cent of those who count that are done now; None where nobody counts."""
        return self.before.share if self.before else None

    @property
    def share_after(self) -> int | None:
        """The same, once published."""
        return self.after.share if self.after else None


@dataclass(frozen=True, slots=True)
class Effect:
    """The whole first, then the units directly below it where anybody is concerned."""

    as_of: date
    has_present: bool
    whole: Here
    parts: list[Here]


@dataclass(frozen=True, slots=True)
class Question:
    """What is to be worked out: a draft, beside the version it was built on, on a day."""

    draft: TargetRow
    present: TargetRow | None
    as_of: date
    key: str  # the same question has the same answer under it


def question(row: Mapping[str, str], base: Target | None, today: date) -> Question | None:
    """The question a row asks; None for one that can't be read yet."""
    named = dict(row) | {"kod": row["kod"] or UNNAMED, "namn": row["namn"] or UNNAMED}
    code, fields, faults = read_row(named)
    if faults:
        return None
    draft = target_row(Target(code=code, **fields))
    as_of = day_of(draft, today)
    last = FactBatch.objects.order_by("-id").values_list("id", "recorded_at").first() or (0, None)
    asked = json.dumps([named, base.pk if base else 0, as_of, last], default=str, sort_keys=True)
    key = f"programme.effect:{hashlib.sha256(asked.encode()).hexdigest()}"
    return Question(draft, target_row(base) if base else None, as_of, key)


def known_effect(asked: Question) -> Effect | None:
    """The answer, if it has been worked out lately."""
    kept = cache.get(asked.key)
    return kept if isinstance(kept, Effect) else None


def is_large() -> bool:
    """Whether working it out takes longer than somebody should wait for a page. One query."""
    known = Employment.objects.known_now().order_by()
    return known.values("pk")[MOST_AT_ONCE : MOST_AT_ONCE + 1].exists()


def work_out(asked: Question, steps: Steps = UNWATCHED) -> Effect:
    """The answer, kept for who asks again."""
    tree = organisation_on(asked.as_of)
    effect = _effect(tried(asked, tree, steps), asked, tree)
    cache.set(asked.key, effect, KEPT_SECONDS)
    return effect


def tried(asked: Question, tree: OrganisationDay, steps: Steps = UNWATCHED) -> Trial:
    """The draft in the whole and in the units directly below it."""
    units = [tree.root, *tree.children(tree.root)] if tree.root else []
    return trial(
        draft=asked.draft,
        present=asked.present,
        as_of=asked.as_of,
        units=units,
        tree=tree,
        steps=steps,
    )


def _effect(found: Trial, asked: Question, tree: OrganisationDay) -> Effect:
    rows = [_here(found, unit, tree) for unit in found.units]
    nobody = Here("", "", None, None, 0, 0)
    whole, *parts = rows or [nobody]
    concerned = [one for one in parts if one.before or one.after]
    return Effect(asked.as_of, asked.present is not None, whole, concerned)


def _here(found: Trial, unit: str, tree: OrganisationDay) -> Here:
    return Here(
        unit,
        tree.units[unit].name,
        found.before.counts.get(unit),
        found.after.counts.get(unit),
        len(found.came(unit)),
        len(found.left(unit)),
    )
