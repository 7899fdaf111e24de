"""The only ways a target is made, changed or ended by hand; files come in through imports.

A changed target takes the old one's place from then on (STATUS.md 2). A different requirement, or
one that is to hold from a date on, is a new code beside an ended one. Each of these may be done
twice with the same effect as once, and none of them writes over what somebody else has published
since the version it was built on.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from foundation.cells import Fault
from foundation.facts import FactBatch, close_batch, open_batch, take_batch_lock
from foundation.intervals import exclusive
from tracking.audit.actions import record
from tracking.audit.models import AuditEvent
from tracking.organisation.models import User
from tracking.targets.models import Target
from tracking.targets.rows import read_row
from tracking.targets.rules import Surroundings, TargetRefused

Fields = Mapping[str, Any]


class PublishedMeanwhile(Exception):
    """Somebody else has changed the target; `present` is what it says now (None: withdrawn)."""

    def __init__(self, present: Target | None) -> None:
        super().__init__(present.code if present else "")
        self.present = present


@dataclass(frozen=True, slots=True)
class Published:
    """The target as it now stands; whether this call made it so."""

    target: Target
    is_new: bool


@transaction.atomic
def publish_target(*, cells: Mapping[str, str], base: Target | None, actor: User) -> Published:
    """Let a target say what the cells of its row do, from now on, whatever day is asked about.

    `base`: the version it was built on, None for a new target. Raises TargetRefused, and
    PublishedMeanwhile when `base` is no longer what is known.
    """
    take_batch_lock()
    code, fields = _judged(cells)
    present = _known(code)
    if present and _says(present) == fields:
        return Published(present, is_new=False)
    if base is None and present:
        raise TargetRefused([_taken(code)])
    if base is not None and base.code != code:
        raise TargetRefused([Fault("kod", code, _("the same code: a new one is a new target"))])
    if base is not None and (present is None or present.pk != base.pk):
        raise PublishedMeanwhile(present)
    batch = open_batch(origin="target published", actor=actor)
    target = _bring(batch, code, fields, instead_of=present)
    close_batch(batch, brought=1, taken_away=int(present is not None))
    _log(actor, target, "rattad" if present else "ny")
    return Published(target, is_new=True)


@transaction.atomic
def succeed_target(*, cells: Mapping[str, str], base: Target, actor: User) -> Published:
    """A new target from its `fran` on, and `base` ended the day before: two facts, one batch.

    Raises TargetRefused, and PublishedMeanwhile when `base` is no longer what is known.
    """
    take_batch_lock()
    code, fields = _judged(cells)
    faults = _faults_of_successor(base, code, fields)
    if faults:
        raise TargetRefused(faults)
    first: date = fields["valid_from"]
    old, new = _known(base.code), _known(code)
    if new and old and _says(new) == fields and old.valid_to and old.valid_to <= first:
        return Published(new, is_new=False)
    if new:
        raise TargetRefused([_taken(code)])
    if old is None or old.pk != base.pk:
        raise PublishedMeanwhile(old)
    batch = open_batch(origin="target succeeded", actor=actor)
    ends = old.valid_to is None or old.valid_to > first
    if ends:
        _bring(batch, old.code, _says(old) | {"valid_to": first}, instead_of=old)
    target = _bring(batch, code, fields)
    close_batch(batch, brought=1 + ends, taken_away=int(ends))
    _log(actor, target, "efterfoljare", ersatter=old.code)
    return Published(target, is_new=True)


@transaction.atomic
def end_target(*, base: Target, last_day: date, actor: User) -> Published:
    """The target holds through `last_day` and no longer.

    Raises TargetRefused, and PublishedMeanwhile when `base` is no longer what is known.
    """
    take_batch_lock()
    end = exclusive(last_day)
    present = _known(base.code)
    if present and present.valid_to == end:
        return Published(present, is_new=False)
    if present is None or present.pk != base.pk:
        raise PublishedMeanwhile(present)
    if base.valid_from and last_day < base.valid_from:
        expected = _("a day on or after fran (%(day)s)") % {"day": base.valid_from}
        raise TargetRefused([Fault("till", last_day.isoformat(), expected)])
    batch = open_batch(origin="target ended", actor=actor)
    target = _bring(batch, base.code, _says(base) | {"valid_to": end}, instead_of=present)
    close_batch(batch, brought=1, taken_away=1)
    _log(actor, target, "avslutad")
    return Published(target, is_new=True)


def _judged(cells: Mapping[str, str]) -> tuple[str, dict[str, Any]]:
    """Code and fields of a row without faults; raises TargetRefused with all of them."""
    code, fields, faults = read_row(cells)
    if not faults:
        faults = list(Surroundings.now().faults(fields["courses"]))
    if faults:
        raise TargetRefused(faults)
    return code, fields


def _faults_of_successor(base: Target, code: str, fields: Fields) -> list[Fault]:
    faults = []
    if code == base.code:
        faults.append(Fault("kod", code, _("a code of its own: the old target keeps the old one")))
    first = fields["valid_from"]
    if first is None:
        faults.append(Fault("fran", "", _("the day from which the new target holds")))
    elif base.valid_from and first <= base.valid_from:
        expected = _("a day after %(day)s, when the old target began") % {"day": base.valid_from}
        faults.append(Fault("fran", first.isoformat(), expected))
    return faults


def _taken(code: str) -> Fault:
    return Fault("kod", code, _("a code that no other target has"))


def _known(code: str) -> Target | None:
    known: Target | None = Target.objects.known_now().filter(code=code).first()
    return known


def _says(target: Target) -> dict[str, Any]:
    return {name: getattr(target, name) for name in Target.value_fields}


def _bring(
    batch: FactBatch, code: str, fields: Fields, *, instead_of: Target | None = None
) -> Target:
    if instead_of:
        Target.objects.filter(pk=instead_of.pk).update(batch_out=batch)
    return Target.objects.create(code=code, **fields, batch_in=batch)


def _log(actor: User, target: Target, how: str, **more: str) -> None:
    record(
        AuditEvent.TARGET_PUBLISHED, actor=actor, detail={"mal": target.code, "hur": how, **more}
    )
