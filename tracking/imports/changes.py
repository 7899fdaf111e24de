"""How a change of an import is shown: to whom it happens, what it was, and what it becomes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from foundation.components.numbers import number
from foundation.facts import FactBatch
from tracking.audit.actions import record_reading
from tracking.audit.models import AuditEvent
from tracking.imports.forms import LABELS
from tracking.imports.judging import CHANGED, ENDED, MOVED, NEW, WITHDRAWN
from tracking.imports.kinds import KINDS
from tracking.imports.kinds.people import DETAILS
from tracking.imports.report import MANY, MANY_PERCENT, Change, Summary
from tracking.imports.undoing import UNDO, kind_of
from tracking.organisation.models import Person, User

SHORT = 12


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a change: what it is called, what it was and what it becomes."""

    label: str
    was: str
    becomes: str
    is_same: bool

    @property
    def is_short(self) -> bool:
        """Whether it is read whole, as a day is."""
        return len(self.becomes) <= SHORT


@dataclass(frozen=True, slots=True)
class ShownChange:
    """A change in a row of the page; of somebody protected there is no more than that."""

    title: str
    key: str
    fields: list[Field]
    line: int | None
    person: int | None  # whose name it shows


def labels() -> dict[str, str]:
    """What each way of changing is called."""
    return {
        ENDED: _("Ended"),
        WITHDRAWN: _("Withdrawn"),
        MOVED: _("Replaced by another start"),
        CHANGED: _("Facts changed"),
        NEW: _("New"),
        DETAILS: _("Details of people"),
    }


def shown(kind_name: str, changes: Sequence[Change]) -> list[ShownChange]:
    """The changes as rows; who has become protected since is not named either."""
    kind = KINDS[kind_name]
    of_people = "person_id" in kind.model.key_fields
    keys = {str(change["key"][0]) for change in changes if change["key"]} if of_people else set()
    people = {
        person.person_id: person
        for person in Person.objects.filter(person_id__in=keys).only("person_id", "protected")
    }
    return [_shown(kind, change, people, of_people=of_people) for change in changes]


def _shown(kind: Any, change: Change, people: dict[str, Person], *, of_people: bool) -> ShownChange:
    key = [str(part) for part in change["key"]]
    person = people.get(key[0]) if key and of_people else None
    if of_people and (not key or (person and person.protected)):
        return ShownChange(_("Protected information"), "", [], change["line"], None)
    is_of_row = change["what"] == DETAILS
    fields = [] if is_of_row else list(_key_fields(kind, change["key"]))
    fields += _values(Person if is_of_row else kind.model, change)
    return ShownChange(
        title=(change["name"] or key[0]) if of_people else key[0],
        key=key[0] if change["name"] else "",
        fields=fields,
        line=change["line"],
        person=person.pk if person else None,
    )


def _key_fields(kind: Any, key: Sequence[Any]) -> Iterable[Field]:
    for name, value in list(zip(kind.model.key_fields, key, strict=True))[1:]:
        text = _text(name, value)
        yield Field(_label(kind.model, name), text, text, is_same=True)


def _values(model: Any, change: Change) -> list[Field]:
    was, becomes = change["was"] or {}, change["becomes"] or {}
    found = []
    for name in becomes or was:
        old = _text(name, was.get(name)) if was else ""
        new = _text(name, becomes.get(name)) if becomes else ""
        if was and becomes and old == new:
            continue
        if old or new:
            found.append(Field(_label(model, name), old, new, is_same=False))
    return found


def _label(model: Any, name: str) -> str:
    if name == "valid_to":
        return _("Last day")
    return capfirst(str(model._meta.get_field(name).verbose_name))


def _text(name: str, value: Any) -> str:
    match value:
        case None:
            return _("until further notice") if name == "valid_to" else ""
        case bool():
            return _("yes") if value else _("no")
        case _ if name == "valid_to":
            return (date.fromisoformat(str(value)) - timedelta(days=1)).isoformat()
        case _:
            return str(value)


def surprises(summary: Summary) -> list[str]:
    """What in the counts is worth a question before the file is brought in."""
    found = []
    stopped, open_ = summary["stopped"], summary["open"]
    if stopped >= MANY and stopped * 100 >= MANY_PERCENT * open_:
        found.append(
            _("%(stopped)s of %(open)s open employments end. Is the file whole?")
            % {"stopped": number(stopped), "open": number(open_)}
        )
    if summary["unknown_units"]:
        text = ngettext(
            "%(count)s unit in the file is unknown. Those who work there count at the top only: "
            "%(codes)s",
            "%(count)s units in the file are unknown. Those who work there count at the top only: "
            "%(codes)s",
            summary["unknown_units"],
        )
        codes = ", ".join(f"{code} ({number(count)})" for code, count in summary["units"])
        more = " …" if summary["unknown_units"] > len(summary["units"]) else ""
        found.append(text % {"count": number(summary["unknown_units"]), "codes": codes + more})
    return found


def seen(request: HttpRequest, rows: Iterable[ShownChange]) -> None:
    """Write down whose names a page shows, before it is sent."""
    about = [row.person for row in rows if row.person is not None]
    if about and isinstance(request.user, User):
        record_reading(AuditEvent.IMPORT_SEEN, actor=request.user, about=about)


@dataclass(frozen=True, slots=True)
class ImportRow:
    """An import that has been made, as lists show it."""

    batch: FactBatch
    what: str
    by: str
    is_undo: bool
    undone_by: int | None

    @property
    def may_be_undone(self) -> bool:
        """Whether there is anything to undo, as far as can be seen at once."""
        return self.undone_by is None and bool(self.batch.brought or self.batch.taken_away)


def import_row(batch: FactBatch) -> ImportRow:
    """The import as a row."""
    undone = getattr(batch, "undone_by", None)
    return ImportRow(
        batch=batch,
        what=str(LABELS.get(kind_of(batch) or "", batch.origin)),
        by=batch.actor.get_full_name() or batch.actor.get_username() if batch.actor else "",
        is_undo=batch.origin.endswith(UNDO),
        undone_by=undone.by_id if undone else None,
    )


def made_label(way: str) -> str:
    """What a batch did: brought, or took away."""
    return _("Brought") if way == "kom" else _("Taken away")
