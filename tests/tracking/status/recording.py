"""Writes the batches of a scenario as facts, as the imports would, without their checks: faster."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Model

from foundation.facts import FactBatch
from foundation.intervals import half_open
from tests.tracking.rows import KEYS, Batch, Row, day, field
from tracking.ledger.models import Completion, Start
from tracking.organisation.models import Absence, Employment, Person, Unit
from tracking.targets.models import Exemption, Target

MODELS: dict[str, type[Model]] = {
    "organisation": Unit,
    "staff": Employment,
    "absence": Absence,
    "targets": Target,
    "starts": Start,
    "completions": Completion,
    "exemptions": Exemption,
}


def record(batches: Iterable[Batch]) -> dict[str, int]:
    """Keep every version of every fact of these batches; gives people's keys by `person_id`."""
    people: dict[str, int] = {}
    known: dict[tuple[str, ...], Model] = {}
    facts: dict[str, list[Model]] = {kind: [] for kind in MODELS}
    for each in batches:
        batch = FactBatch.objects.create(recorded_at=each.recorded_at, origin="test")
        if each.kind not in MODELS:
            continue
        for row in each.rows:
            key = (each.kind, *(field(row, name) for name in KEYS[each.kind]))
            if key in known:
                known.pop(key).batch_out = batch
        for row in each.rows:
            if field(row, "aterkallad") == "ja":
                continue
            key = (each.kind, *(field(row, name) for name in KEYS[each.kind]))
            fact = MODELS[each.kind](**_values(each.kind, row, people), batch_in=batch)
            known[key] = fact
            facts[each.kind].append(fact)
    for kind, made in facts.items():
        MODELS[kind].objects.bulk_create(made)
    return people


def _values(kind: str, row: Row, people: dict[str, int]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    if "person_id" in row:
        key = field(row, "person_id")
        if key not in people:
            people[key] = Person.objects.create(person_id=key).pk
        values["person_id"] = people[key]
    if "fran" in row:
        values |= _interval(kind, day(field(row, "fran")), day(field(row, "till")))
    if kind == "organisation":
        values["kind"] = field(row, "typ")
    return (
        values
        | {name: field(row, column) for name, column in TEXTS[kind].items()}
        | _more(kind, row)
    )


TEXTS: dict[str, dict[str, str]] = {
    "organisation": {
        "code": "kod",
        "name": "namn",
        "parent_code": "overordnad",
        "replaced_by_code": "ersatts_av",
    },
    "staff": {
        "unit_code": "enhet",
        "position": "befattning",
        "business_area": "verksamhetsomrade",
    },
    "absence": {"kind": "typ"},
    "targets": {"code": "kod", "name": "namn", "courses": "kurser", "audience": "omfattar"},
    "starts": {"course_code": "kurs"},
    "completions": {"course_code": "kurs", "source": "kalla", "result": "resultat"},
    "exemptions": {"target_code": "mal", "reason": "skal"},
}


def _interval(kind: str, first: date | None, last: date | None) -> dict[str, date | None]:
    _start, end = half_open(first, last)
    return {"valid_from": first, "valid_to": end if last else None}


def _more(kind: str, row: Row) -> dict[str, Any]:
    if kind == "staff":
        return {"is_manager": field(row, "chef") == "ja"}
    if kind in ("starts", "completions"):
        return {"on": day(field(row, "datum"))}
    if kind == "targets":
        return {
            "level": field(row, "niva") or "ska",
            "share": int(field(row, "andel") or 100),
            "due_on": day(field(row, "senast")),
            "days_new_employee": _number(row, "dagar_nyanstalld"),
            "validity_months": _number(row, "giltighet_manader"),
        }
    return {}


def _number(row: Row, name: str) -> int | None:
    return int(field(row, name)) if field(row, name) else None
