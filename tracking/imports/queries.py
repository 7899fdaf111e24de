"""Imports that have been made, and what each changed."""

import json
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.functional import cached_property

from foundation.facts import FactBatch
from tracking.imports.judging import CHANGED, NEW, WITHDRAWN
from tracking.imports.kinds import KINDS
from tracking.imports.kinds.base import ORIGIN
from tracking.imports.report import Change
from tracking.imports.staging import packed
from tracking.imports.undoing import kind_of


def imports() -> QuerySet[FactBatch]:
    """The batches that files were imported as, or undone by, the latest first."""
    made = FactBatch.objects.filter(origin__startswith=ORIGIN)
    return made.select_related("actor__person", "undone_by__by", "undoes").order_by("-id")


class Brought:
    """What a batch brought, each with what it took the place of: a page asks for some at a time."""

    def __init__(self, batch: FactBatch) -> None:
        self.batch = batch
        self.model: Any = KINDS[kind_of(batch) or ""].model

    @cached_property
    def count(self) -> int:
        """How many."""
        return int(self._facts().count())

    def __len__(self) -> int:
        return self.count

    def _facts(self) -> Any:
        return self.model.objects.filter(batch_in=self.batch)

    def __getitem__(self, at: slice) -> list[Change]:
        facts = [*self._select(self._facts())[at]]
        return [self._change(fact, self._before(facts)) for fact in facts]

    def _select(self, facts: Any) -> Any:
        facts = facts.order_by("pk")
        return facts.select_related("person") if "person_id" in self.model.key_fields else facts

    def _before(self, facts: list[Any]) -> dict[tuple[Any, ...], Any]:
        first, *_rest = self.model.key_fields
        taken = self.model.objects.filter(
            **{f"{first}__in": {getattr(fact, first) for fact in facts}}, batch_out=self.batch
        )
        return {self._key(fact): fact for fact in taken}

    def _key(self, fact: Any) -> tuple[Any, ...]:
        return tuple(getattr(fact, name) for name in self.model.key_fields)

    def _change(self, fact: Any, before: dict[tuple[Any, ...], Any]) -> Change:
        old = before.get(self._key(fact))
        return self._shown(CHANGED if old else NEW, fact, old, fact)

    def _shown(self, what: str, of: Any, was: Any, becomes: Any) -> Change:
        key = list(self._key(of))
        name = ""
        if "person_id" in self.model.key_fields:
            key[0], name = of.person.person_id, of.person.full_name
        change = Change(
            what=what,
            key=key,
            name=name,
            was=self._values(was),
            becomes=self._values(becomes),
            line=None,
        )
        said: Change = json.loads(packed(change))  # dates as text, as in a report
        return said

    def _values(self, fact: Any) -> dict[str, Any] | None:
        return fact and {name: getattr(fact, name) for name in self.model.value_fields}


class Taken(Brought):
    """What a batch took away and put nothing in the place of."""

    def _facts(self) -> Any:
        names = self.model.key_fields
        again = self.model.objects.filter(batch_in=self.batch)
        gone = self.model.objects.filter(batch_out=self.batch)
        same = {name: OuterRef(name) for name in names}
        return gone.exclude(Exists(again.filter(**same)))

    def _before(self, facts: list[Any]) -> dict[tuple[Any, ...], Any]:
        return {}

    def _change(self, fact: Any, before: dict[tuple[Any, ...], Any]) -> Change:
        return self._shown(WITHDRAWN, fact, fact, None)
