"""A small city that lives: every kind of fact written, corrected and withdrawn, in real batches."""

from collections.abc import Collection
from datetime import date, timedelta
from typing import Any

from django.db import transaction

from foundation.facts import DatedFact, Fact, close_batch, open_batch
from tracking.ledger.models import Completion, CompletionSource, Course, CourseForm, Start
from tracking.organisation.models import Absence, Employment, Person, Unit, UnitKind
from tracking.targets.models import Exemption, Target

BEGINNING = date(2026, 1, 1)
ROOT = "STAD"
DISTRICTS = ("SDN-1", "SDN-2")
UNITS = ("E-1", "E-2", "E-3")
COURSES = ("K1", "K2")
AREAS = ("Ekonomiskt bistånd", "Barn och unga", "")
AUDIENCES = (
    "",
    "enhetstyp=stadsdelsnamnd",
    "enhet=SDN-1",
    "verksamhetsomrade=ekonomiskt bistånd | chef=ja",
    "befattning!=handläggare",
)


def write(*facts: Fact, gone: Collection[Fact] = (), people: Collection[int] | None) -> None:
    """One batch that brings and takes away; `people` as close_batch is told."""
    with transaction.atomic():
        batch = open_batch(origin="test")
        for fact in gone:
            fact.batch_out = batch
            fact.save()
        for fact in facts:
            fact.batch_in = batch
            fact.save(force_insert=True)
        close_batch(batch, brought=len(facts), taken_away=len(gone), people=people)


def again(fact: Any, **changed: Any) -> Any:
    """The same fact once more, as it should have been."""
    fields = {field.attname: getattr(fact, field.attname) for field in fact._meta.concrete_fields}
    for name in ("id", "batch_in_id", "batch_out_id"):
        del fields[name]
    return type(fact)(**{**fields, **changed})


def unit(code: str, parent: str, kind: str, since: date = BEGINNING, **more: Any) -> Unit:
    return Unit(
        code=code, name=f"Enheten {code}", kind=kind, parent_code=parent, valid_from=since, **more
    )


def found(people: int) -> list[Person]:
    """Found the city: a root, two districts with units, two courses, two targets, and people."""
    write(
        unit(ROOT, "", UnitKind.CITY),
        *(unit(code, ROOT, UnitKind.DISTRICT_COMMITTEE) for code in DISTRICTS),
        unit("E-1", "SDN-1", UnitKind.UNIT),
        unit("E-2", "SDN-1", UnitKind.UNIT),
        unit("E-3", "SDN-2", UnitKind.UNIT),
        *(Course(code=code, name=code, form=CourseForm.WEB) for code in COURSES),
        Target(code="T1", name="T1", courses="K1|K2", due_on=date(2026, 3, 1)),
        Target(
            code="T2",
            name="T2",
            courses="K1+K2",
            audience="enhet=SDN-1",
            days_new_employee=30,
            validity_months=6,
        ),
        people=None,
    )
    staff = [Person.objects.create(person_id=f"P{at}") for at in range(people)]
    for at, person in enumerate(staff):
        write(employment(person, UNITS[at % 3], BEGINNING), people=[person.pk])
    return staff


def employment(person: Person, code: str, since: date, area: str = AREAS[0], **more: Any) -> Any:
    more.setdefault("position", "handläggare")
    return Employment(person=person, unit_code=code, valid_from=since, business_area=area, **more)


def completion(person: Person, course: str, on: date) -> Completion:
    return Completion(person=person, course_code=course, on=on, source=CompletionSource.IMPORT)


def begun(person: Person, course: str, on: date) -> Start:
    return Start(person=person, course_code=course, on=on)


def leave(person: Person, since: date, days: int | None) -> Absence:
    until = None if days is None else since + timedelta(days=days)
    return Absence(person=person, valid_from=since, valid_to=until)


def exemption(person: Person, target: str, since: date, days: int | None) -> Exemption:
    until = None if days is None else since + timedelta(days=days)
    return Exemption(person=person, target_code=target, valid_from=since, valid_to=until)


def known(model: type[Fact], **which: Any) -> list[Any]:
    """The facts of a kind known now, in a stable order."""
    return list(model.objects.known_now().filter(**which).order_by("pk"))


def ended(fact: DatedFact, on: date) -> Any:
    """The fact, over from the day on."""
    return again(fact, valid_to=max(on, fact.valid_from + timedelta(days=1)))
