"""What the demo's people have begun and completed, and when the platform came to know it."""

import random
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from config.demo.catalogue import COURSES, MODULE
from config.demo.offers import OFFERS, Offer, Place, place_of
from config.demo.organisation import Organisation
from config.demo.people import Person

FORMS = {course.code: course.form for course in COURSES}
VALID_DAYS = 700  # well inside the 24 months of K05-FRAGA
INTRODUCTION_SINCE = date(2022, 3, 1)


@dataclass(frozen=True, slots=True)
class Completion:
    """A row of genomforanden.csv; `known_on`: the day it reached the platform."""

    person_id: str
    course: str
    on: date
    source: str
    result: str
    known_on: date


@dataclass(frozen=True, slots=True)
class Start:
    """A row of paborjade.csv."""

    person_id: str
    course: str
    on: date


class History:
    """Completions and starts of everybody."""

    def __init__(
        self, organisation: Organisation, people: Iterable[Person], seed: str, today: date
    ) -> None:
        self.rng = random.Random(f"{seed}:history")
        self.today = today
        self.completions: list[Completion] = []
        self.starts: list[Start] = []
        places = [(person, place_of(organisation, person.post)) for person in people]
        self.doers = self._doers(places)
        for person, place in places:
            if person.is_fixed:
                self._fixed(person)
                continue
            self._module(person, place)
            self._introduction(person, place)
            for offer in OFFERS:
                self._take(person, place, offer)

    def _is_settled(self, person: Person) -> bool:
        """Whether the person works here since 90 days or more."""
        return person.left is None and (self.today - person.hired).days >= 90

    def _doers(self, places: list[tuple[Person, Place]]) -> set[str]:
        """Who of each district's settled case workers has done MOD-FREDA: its share, to the head.

        Left to chance alone, the districts would change places from one day's demo to the next.
        """
        by_share: dict[float, list[str]] = {}
        for person, place in places:
            if place.is_case_worker and self._is_settled(person) and not person.is_fixed:
                by_share.setdefault(place.quality, []).append(person.person_id)
        doers: set[str] = set()
        for share, able in by_share.items():
            doers.update(self.rng.sample(able, round(share * len(able))))
        return doers

    def _fixed(self, person: Person) -> None:
        for course, days_ago, source in person.taken:
            on = self.today - timedelta(days=days_ago)
            self._complete(person, course, on, source)
            if FORMS[course] == "modul":
                self.starts.append(Start(person.person_id, course, on))
        for course, days_ago in person.begun:
            on = self.today - timedelta(days=days_ago)
            self.starts.append(Start(person.person_id, course, on))

    def _complete(self, person: Person, course: str, on: date, source: str) -> None:
        """Add a completion. Attendance lists come late, some of them very late."""
        if source == "plattform":
            lag = 0
        elif person.is_fixed:
            lag = 3
        elif self.rng.random() < 0.15:
            lag = self.rng.randint(45, 130)
        else:
            lag = self.rng.randint(1, 18)
        result = f"{self.rng.randint(12, 15)} av 15 rätt" if source == "plattform" else ""
        self.completions.append(
            Completion(person.person_id, course, on, source, result, on + timedelta(days=lag))
        )

    def _between(self, first: date, last: date) -> date:
        """A weekday in [first, last], or the first when there is none."""
        day = first + timedelta(days=self.rng.randint(0, max(0, (last - first).days)))
        return max(first, day - timedelta(days=max(0, day.weekday() - 4)))

    def _last_day(self, person: Person) -> date:
        """The last day on which the person can have completed anything."""
        return min(person.left or self.today, self.today - timedelta(days=2))

    def _module(self, person: Person, place: Place) -> None:
        """MOD-FREDA: done and valid, retaken, expired, begun, or nothing."""
        last = self._last_day(person)
        recent = max(person.hired, last - timedelta(days=VALID_DAYS))
        worked = (last - person.hired).days
        if not place.is_case_worker:
            if self.rng.random() < (0.5 if place.post.is_manager and place.in_district else 0.06):
                self._module_done(person, self._between(recent, last))
            return
        by_chance = self.rng.random() < place.quality * 0.6
        if person.person_id in self.doers or (by_chance and not self._is_settled(person)):
            on = self._between(recent, last)
            if worked > 1500 and self.rng.random() < 0.3:
                earlier = on - timedelta(days=self.rng.randint(400, 760))
                self._module_done(person, self._between(earlier, earlier))
            self._module_done(person, on)
        elif worked > 1200 and self.rng.random() < 0.36:
            oldest = last - timedelta(days=1150)
            self._module_done(person, self._between(oldest, last - timedelta(days=745)))
        elif self.rng.random() < 0.28:
            first = max(person.hired, last - timedelta(days=110))
            self.starts.append(Start(person.person_id, MODULE, self._between(first, last)))

    def _module_done(self, person: Person, on: date) -> None:
        """Completed, and begun the same day or up to a fortnight before."""
        self._complete(person, MODULE, on, "plattform")
        begun = {start.person_id for start in self.starts[-1:] if start.course == MODULE}
        if person.person_id not in begun:
            ahead = timedelta(days=self.rng.choice((0, 0, 0, 1, 2, 6, 13)))
            self.starts.append(Start(person.person_id, MODULE, max(person.hired, on - ahead)))

    def _introduction(self, person: Person, place: Place) -> None:
        """The violence section for the newly employed, since spring 2022."""
        if not place.is_case_worker or person.hired < INTRODUCTION_SINCE:
            return
        if self.rng.random() < 0.3 + place.quality * 0.5:
            on = person.hired + timedelta(days=self.rng.randint(15, 150))
            if on < self._last_day(person):
                self._complete(person, "INTRO-VALD", on, "narvaro")

    def _take(self, person: Person, place: Place, offer: Offer) -> None:
        if self.rng.random() >= offer.chance(place):
            return
        last = self._last_day(person)
        if offer.is_classroom:
            days = [day for day in offer.days(self.today) if person.hired <= day <= last]
            if days:
                self._complete(person, offer.course, self.rng.choice(days), "narvaro")
            return
        first = max(person.hired, offer.begins)
        if first > last:
            return
        made_elsewhere = self.rng.random() < 0.08
        if made_elsewhere:  # with an earlier employer: counts all the same (STATUS.md 5)
            first = max(offer.begins, first - timedelta(days=250))
        on = self._between(first, last)
        self._complete(person, offer.course, on, "intyg" if made_elsewhere else "import")
        if self.rng.random() < 0.2:
            self.starts.append(Start(person.person_id, offer.course, on - timedelta(days=3)))
