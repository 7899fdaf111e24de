"""Writes a made-up city into the database: batches, organisation, targets, people, duties."""

import uuid
from collections.abc import Iterator
from datetime import date

import numpy as np

from bench.city.bulk import Bulk, bulk
from bench.city.calendar import Calendar, Days
from bench.city.columns import Book, Column, Named, Numbers, Plain
from bench.city.people import Inventor
from bench.city.plan import HIRED_FIRST, LEAVES, SOURCES, CityPlan
from bench.city.standing import Standing
from bench.city.tables import NONE, Known, People
from config.demo.names import FIRST_NAMES, LAST_NAMES
from foundation.facts import FactBatch
from tracking.ledger.models import Completion, Course, Start
from tracking.organisation.models import Absence, Duty, Employment, Person, Unit
from tracking.targets.models import Exemption, Target

AT_ONCE = 10_000
MAIL_DOMAIN = "demo.example"
FILLED = (Person, Employment, Absence, Start, Completion, Exemption)
CAPITALISED = 50  # one in so many writes a role and an area with a capital letter


class NotEmpty(RuntimeError):
    """The database has facts already."""


def person_id(index: int) -> str:
    """HR's key of the city's person number `index`."""
    return f"P{index + 1:07d}"


def address(index: int) -> str:
    """An address nobody else has."""
    return f"p{index + 1:07d}@{MAIL_DOMAIN}"


def stretches(plan: CityPlan) -> Iterator[People]:
    """The city's people, some thousands at a time."""
    for begin in range(0, plan.people, AT_ONCE):
        yield Inventor(plan, begin, min(begin + AT_ONCE, plan.people)).people()


class Writer:
    """Writes one city into an empty database."""

    def __init__(self, plan: CityPlan, out: Bulk) -> None:
        self.plan, self.out = plan, out
        calendar = plan.calendar
        last_person = Person.objects.order_by("-pk").values_list("pk", flat=True).first()
        self.first_person = (last_person or 0) + 1
        self.counts = np.zeros((len(calendar.batches) + 1, 2), dtype=np.int64)
        last = plan.today + 1000
        days = [date.fromordinal(day).isoformat() for day in range(HIRED_FIRST - 400, last)]
        self.days = Book([*days, None])
        self.batches = Book([*range(len(calendar.batches) + 1), None])
        codes, areas, roles = plan.unit_codes, plan.unit_areas, plan.roles
        self.units = Book(codes)
        self.areas = Book([*areas, *(area.capitalize() for area in areas)])
        self.roles = Book([*roles, *(role.capitalize() for role in roles)])
        self.courses, self.sources = Book(plan.courses), Book(SOURCES)
        self.leaves, self.targets = Book(LEAVES), Book([code for code, _goal in plan.targets])
        self.yes_or_no = Book([False, True])
        self.first_names, self.last_names = Book(FIRST_NAMES), Book(LAST_NAMES)

    def people(self, people: People) -> None:
        """A stretch of people, with their facts."""
        number = people.end - people.begin
        index = np.arange(people.begin, people.end)
        self.out.insert(
            Person,
            number,
            {
                "id": Numbers(index + self.first_person),
                "person_id": Plain([person_id(at) for at in index.tolist()]),
                "public_id": Plain(_public_ids(self.plan.seed, people.begin, number)),
                "first_name": Named(self.first_names, people.first_names),
                "last_name": Named(self.last_names, people.last_names),
                "email": Plain([address(at) for at in index.tolist()]),
                "protected": Named(self.yes_or_no, people.protected),
            },
        )
        self._employments(people)
        absences, exemptions = people.absences, people.exemptions
        self.out.insert(
            Absence,
            len(absences.person),
            self._known("absence", absences)
            | self._span(absences.first, absences.end)
            | {"kind": Named(self.leaves, absences.what)},
        )
        self.out.insert(
            Exemption,
            len(exemptions.person),
            self._known("exemptions", exemptions)
            | self._span(exemptions.first, exemptions.end)
            | {"target_code": Named(self.targets, exemptions.what)},
        )
        starts, completions = people.starts, people.completions
        self.out.insert(
            Start,
            len(starts.person),
            self._known("starts", starts)
            | {"course_code": Named(self.courses, starts.course), "on": self._day(starts.on)},
        )
        self.out.insert(
            Completion,
            len(completions.person),
            self._known("completions", completions)
            | {
                "course_code": Named(self.courses, completions.course),
                "on": self._day(completions.on),
                "source": Named(self.sources, completions.source),
            },
        )

    def _employments(self, people: People) -> None:
        held = people.employments
        capital = (held.person % CAPITALISED == 0).astype(np.int64)
        self.out.insert(
            Employment,
            len(held.person),
            self._known("staff", held)
            | self._span(held.first, held.end)
            | {
                "unit_code": Named(self.units, held.unit),
                "position": Named(self.roles, held.role + capital * len(self.plan.roles)),
                "business_area": Named(self.areas, held.unit + capital * len(self.plan.unit_areas)),
                "is_manager": Named(self.yes_or_no, held.manager),
                "says_protected": Named(
                    self.yes_or_no, people.protected[held.person - people.begin]
                ),
            },
        )

    def _known(self, kind: str, facts: Known) -> dict[str, Column]:
        calendar: Calendar = self.plan.calendar
        brought = calendar.batch(kind, facts.night_in)
        taken = calendar.batch(kind, facts.night_out)
        whole = len(self.counts)
        self.counts[:, 0] += np.bincount(brought, minlength=whole)
        self.counts[:, 1] += np.bincount(taken[taken > 0], minlength=whole)
        return {
            "person_id": Numbers(facts.person + self.first_person),
            "batch_in_id": Named(self.batches, brought),
            "batch_out_id": Named(self.batches, np.where(taken > 0, taken, NONE)),
        }

    def _span(self, first: Days, end: Days) -> dict[str, Column]:
        return {"valid_from": self._day(first), "valid_to": self._day(end)}

    def _day(self, days: Days) -> Column:
        return Named(self.days, np.where(days < 0, NONE, days - (HIRED_FIRST - 400)))


def _public_ids(seed: int, begin: int, number: int) -> list[str]:
    rng = np.random.default_rng([seed, 3, begin])
    octets = rng.bytes(16 * number)
    return [
        uuid.UUID(bytes=octets[at : at + 16], version=4).hex for at in range(0, 16 * number, 16)
    ]


def write_city(plan: CityPlan) -> None:
    """Write the whole city. Raises NotEmpty where the database has facts already."""
    if FactBatch.objects.exists():
        raise NotEmpty
    with bulk(FILLED, numbered=(Person, FactBatch)) as out:
        standing = Standing(plan)
        FactBatch.objects.bulk_create(standing.batches())
        Unit.objects.bulk_create(standing.units(), batch_size=500)
        Course.objects.bulk_create(standing.courses())
        Target.objects.bulk_create(standing.targets())
        writer = Writer(plan, out)
        for people in stretches(plan):
            writer.people(people)
        Duty.objects.bulk_create(standing.duties(writer.first_person))
        for batch in FactBatch.objects.all():
            counted = writer.counts[batch.pk] + standing.counts(batch.pk)
            FactBatch.objects.filter(pk=batch.pk).update(
                brought=int(counted[0]), taken_away=int(counted[1])
            )
