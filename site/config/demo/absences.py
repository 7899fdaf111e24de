"""Leaves, exemptions and duties of the demo's people."""

import random
from dataclasses import dataclass
from datetime import date, timedelta

from config.demo.accounts import TOLD_MANAGERS
from config.demo.districts import ROOT
from config.demo.organisation import Organisation
from config.demo.people import UNKNOWN_UNITS, Person
from config.demo.targets import ASKING

PARENTAL, SICK, UNPAID, STUDY = "föräldraledig", "sjukskriven", "tjänstledig", "studieledig"
REASONS = (
    "Arbetar inte med klienter under perioden",
    "Går i pension inom kort",
    "Har motsvarande utbildning från en annan kommun, prövad av chefen",
    "Utbildar själv i ämnet",
    "Utlånad till ett projekt utan ärenden",
)


@dataclass(frozen=True, slots=True)
class Dated:
    """A row about a person during [first, last] that says `what`; `known_on`: when it came in."""

    person_id: str
    what: str
    first: date
    last: date | None
    known_on: date
    about: str = ""  # the target of an exemption, the unit of a duty


class Leaves:
    """Absences: on leave now, back lately, long ago; and short ones that count for nothing."""

    def __init__(self, people: list[Person], seed: str, today: date) -> None:
        self.rng = random.Random(f"{seed}:leaves")
        self.today = today
        self.rows: list[Dated] = []
        for person in people:
            if not person.is_fixed and person.post.unit not in UNKNOWN_UNITS:
                self._leave(person)

    def _add(self, person: Person, kind: str, first: date, last: date | None) -> None:
        if first < person.hired or (person.left and first > person.left):
            return
        if person.left and (last is None or last > person.left):
            last = person.left
        known_on = first + timedelta(days=3) if kind == SICK else first - timedelta(days=21)
        self.rows.append(Dated(person.person_id, kind, first, last, max(known_on, person.hired)))

    def _leave(self, person: Person) -> None:
        days, rng = timedelta, self.rng
        lot = rng.random()
        kind = rng.choice((PARENTAL, PARENTAL, PARENTAL, SICK, UNPAID, STUDY))
        if person.left is None and lot < 0.05:
            first = self.today - days(rng.randint(12, 280))
            if kind == SICK and rng.random() < 0.6:
                self._add(person, kind, first, None)
            else:
                self._add(person, kind, first, self.today + days(rng.randint(30, 260)))
        elif person.left is None and lot < 0.09:
            last = self.today - days(rng.randint(4, 80))
            self._add(person, kind, last - days(rng.randint(60, 400)), last)
        elif lot < 0.24:
            first = person.hired + days(rng.randint(60, 2000))
            last = first + days(rng.randint(120, 420))
            if last < self.today - days(100):
                self._add(person, PARENTAL, first, last)
                if kind == UNPAID:  # follows without a gap: one leave
                    self._add(person, kind, last + days(1), last + days(rng.randint(20, 60)))
        elif lot < 0.28:
            first = self.today - days(rng.randint(40, 900))
            self._add(person, SICK, first, first + days(rng.randint(3, 27)))


def exemptions(people: list[Person], seed: str, today: date) -> list[Dated]:
    """Some two dozen exemptions, most of them from K05-FRAGA and still running."""
    rng = random.Random(f"{seed}:exemptions")
    able = [
        person
        for person in people
        if not person.is_fixed
        and person.left is None
        and person.post.unit.startswith("SDN-")
        and person.post.position in {"socialsekreterare", "handläggare", "biståndshandläggare"}
        and (today - person.hired).days > 400
    ]
    rows: list[Dated] = []
    for number, person in enumerate(rng.sample(able, 28)):
        target = (ASKING, ASKING, "K01-GRUND", "K06-ERSATTNING")[number % 4]
        first = today - timedelta(days=rng.randint(20, 240))
        last = None if number % 3 else first + timedelta(days=rng.randint(90, 365))
        reason = REASONS[number % len(REASONS)]
        rows.append(Dated(person.person_id, reason, first, last, first, target))
    return rows


def duties(
    people: list[Person], leaves: list[Dated], organisation: Organisation, today: date
) -> list[Dated]:
    """Who follows up each committee, who deputises, who coordinates, who audits."""
    since = today - timedelta(days=330)
    rows = [
        Dated("D00004", "nyckelperson", since, None, since, "SDN-JARVA"),
        Dated("D00005", "samordnare", since, None, since, ROOT),
        Dated("D00010", "revisor", since, None, since, ROOT),
    ]
    hired = {person.person_id: person.hired for person in people}
    for told in TOLD_MANAGERS:
        first = max(since, hired[told.person_id])
        rows += [Dated(told.person_id, role, first, None, first, unit) for role, unit in told.also]
    here = [person for person in people if person.left is None and not person.is_fixed]
    committees = [
        unit.code
        for unit in organisation.current.values()
        if unit.parent == ROOT and unit.kind != "utforare" and unit.code != "SDN-JARVA"
    ]
    for code in committees:
        inside = [
            person
            for person in here
            if person.post.unit in organisation.current
            and organisation.committee(person.post.unit) == code
        ]
        controllers = [p for p in inside if p.post.position == "verksamhetscontroller"]
        others = [p for p in inside if p.post.position == "utredare"]
        chosen = (controllers or others or inside)[0]
        first = max(since, chosen.hired)
        rows.append(Dated(chosen.person_id, "nyckelperson", first, None, first, code))

    away = {
        row.person_id
        for row in leaves
        if row.first <= today and (row.last is None or row.last >= today)
    }
    for manager in here:
        if not manager.post.is_manager or manager.person_id not in away:
            continue
        deputy = next(
            (
                person
                for person in here
                if person.post.unit == manager.post.unit
                and person.post.position == "biträdande enhetschef"
                and person.person_id not in away
            ),
            None,
        )
        if deputy:
            first = max(deputy.hired, today - timedelta(days=60))
            rows.append(
                Dated(deputy.person_id, "stallforetradare", first, None, first, manager.post.unit)
            )
    return rows
