"""3,000 people and those who have left: names, careers, employments as HR's file has them."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from config.demo.accounts import (
    TOLD_MANAGERS,
    FixedPerson,
    Post,
    Stint,
    Taken,
    fixed_people,
)
from config.demo.districts import FIRST_DAY
from config.demo.names import NameRegister
from config.demo.organisation import Organisation
from config.demo.staffing import headcounts, posts, roles_of

STAFF_TODAY = 3000
STAFF_LEFT = 640
PROTECTED = 7  # besides the one the demo tells of
TWO_POSTS = 28
# HR is ahead of the organisation: units that organisation.csv does not know.
UNKNOWN_UNITS = ("SDN-FARSTA-TRYGG", "SDN-KH-MOTTAG", "SN-DIGITAL")
NEW_DAYS = 90


@dataclass(frozen=True, slots=True)
class Employment:
    """A row of personal.csv: a unit, a role, and the days [first, last]."""

    unit: str
    position: str
    area: str
    is_manager: bool
    first: date
    last: date | None


@dataclass(slots=True)
class Person:
    """Somebody of the demo, with the post that is (or was) the last."""

    person_id: str
    first_name: str
    last_name: str
    email: str
    employments: list[Employment]
    post: Post
    hired: date
    left: date | None = None
    protected: bool = False
    taken: tuple[Taken, ...] = ()
    begun: tuple[tuple[str, int], ...] = ()
    is_fixed: bool = False


def monday(day: date) -> date:
    """The Monday of that week: most employments begin on one."""
    return day - timedelta(days=day.weekday())


class Careers:
    """Invents what somebody in a post did before, and writes it as employments."""

    def __init__(self, organisation: Organisation, rng: random.Random, today: date) -> None:
        self.organisation = organisation
        self.rng = rng
        self.today = today
        by_area: dict[str, list[str]] = {}
        for code, unit in organisation.current.items():
            if unit.kind == "enhet":
                by_area.setdefault(unit.area, []).append(code)
        self.units_by_area = by_area

    def hired(self, last: date) -> date:
        """First day of an employment whose last known day is `last`: years before, mostly."""
        days = NEW_DAYS + 5 + int(self.rng.expovariate(1 / 1900))
        earliest = FIRST_DAY if self.rng.random() < 0.7 else date(2016, 1, 4)
        return max(monday(last - timedelta(days=days)), earliest)

    def earlier(self, post: Post) -> Post:
        """A post somebody in `post` may have come from."""
        unit = self.organisation.current[post.unit]
        if post.is_manager or post.position == "biträdande enhetschef":
            if unit.kind != "enhet":
                return Post(post.unit, "utredare", post.area)
            return Post(post.unit, roles_of(unit)[0][0], post.area)
        kin = self.units_by_area.get(post.area, [post.unit])
        if self.rng.random() < 0.7 and len(kin) > 1:
            return Post(self.rng.choice(kin), post.position, post.area)
        area = self.rng.choice(["ekonomiskt bistånd", "barn och unga", "äldreomsorg"])
        code = self.rng.choice(self.units_by_area[area])
        return Post(code, roles_of(self.organisation.current[code])[0][0], area)

    def stints(self, post: Post, hired: date, left: date | None) -> list[Stint]:
        """The career up to `post`: one stint, or two or three when there was time for it."""
        end = left or self.today
        found = [Stint(post, hired, left)]
        likely = 0.6 if post.is_manager else 0.42
        while (end - hired).days > 800 and len(found) < 3 and self.rng.random() < likely:
            share = self.rng.uniform(0.3, 0.8)
            change = monday(hired + timedelta(days=int((end - hired).days * share)))
            now = found[0]
            before = Stint(self.earlier(now.post), hired, change - timedelta(days=1))
            if before.post == now.post or change <= hired:
                break
            found[0] = Stint(now.post, change, now.last)
            found.insert(0, before)
            end, likely = change, 0.25
        return found

    def employments(self, stints: list[Stint]) -> list[Employment]:
        """Rows of HR's file: units as they were called then.

        At a merger most people get a new row in the new unit; a fourth stay in the old unit's
        row, which counts in its successor (STATUS.md 3.1).
        """
        rows: list[Employment] = []
        stays = self.rng.random() < 0.25
        for post, first, last in stints:
            unit, position, area, is_manager = post
            begins = self.organisation.first_day[unit]
            if first >= begins:
                rows.append(Employment(unit, position, area, is_manager, first, last))
                continue
            before = self.organisation.predecessors.get(unit)
            if not before:
                # The unit is younger than the career: it begins with the unit.
                if last is None or last >= begins:
                    rows.append(Employment(unit, position, area, is_manager, begins, last))
                continue
            old = self.rng.choice(before)
            ended = last is not None and last < begins
            if ended or (stays and not is_manager):
                rows.append(Employment(old, position, area, is_manager, first, last))
            else:
                eve = begins - timedelta(days=1)
                rows.append(Employment(old, position, area, is_manager, first, eve))
                rows.append(Employment(unit, position, area, is_manager, begins, last))
        return rows


class Staff:
    """Everybody the demo's HR files know."""

    def __init__(self, organisation: Organisation, seed: str, today: date) -> None:
        self.organisation = organisation
        self.today = today
        self.rng = random.Random(f"{seed}:people")
        self.names = NameRegister(self.rng)
        self.careers = Careers(organisation, self.rng, today)
        self.number = 0
        self.people = [self._fixed(person) for person in fixed_people(today)]
        self.number = len(self.people)
        self._hire_today()
        self._add_second_posts()
        self._protect()
        self._add_former()
        self._name_told_managers()

    def _fixed(self, fixed: FixedPerson) -> Person:
        last = fixed.stints[-1]
        return Person(
            fixed.person_id,
            fixed.first_name,
            fixed.last_name,
            self.names.address(fixed.first_name, fixed.last_name),
            [Employment(*stint.post, stint.first, stint.last) for stint in fixed.stints],
            last.post,
            fixed.stints[0].first,
            taken=fixed.taken,
            begun=fixed.begun,
            protected=fixed.protected,
            is_fixed=True,
        )

    def _new(self, post: Post, employments: list[Employment], left: date | None = None) -> Person:
        self.number += 1
        first_name, last_name = self.names.name()
        person = Person(
            f"D{self.number:05d}",
            first_name,
            last_name,
            self.names.address(first_name, last_name),
            employments,
            post,
            employments[0].first,
            left,
        )
        self.people.append(person)
        return person

    def _open_posts(self) -> Iterator[Post]:
        """Posts of today that none of the fixed people holds."""
        held = [person.post for person in self.people]
        counts = headcounts(self.organisation, STAFF_TODAY - len(UNKNOWN_UNITS))
        for code in sorted(counts):
            unit = self.organisation.current[code]
            for post in posts(unit, counts[code]):
                # A fixed person holds the first post of the unit with the same role, or any.
                match = next(
                    (h for h in held if h.unit == code and h.position == post.position), None
                )
                if match is None:
                    yield post
                else:
                    held.remove(match)
        if held:
            raise ValueError(f"No post for {held}")

    def _hire_today(self) -> None:
        for post in list(self._open_posts()):
            if not post.is_manager and self.rng.random() < 0.04:
                hired = monday(self.today - timedelta(days=self.rng.randint(2, NEW_DAYS - 8)))
            else:
                hired = self.careers.hired(self.today)
            stints = self.careers.stints(post, hired, None)
            self._new(post, self.careers.employments(stints))
        for unit in UNKNOWN_UNITS:
            first = self.today - timedelta(days=self.rng.randint(10, 60))
            post = Post(unit, "handläggare", "mottagning")
            self._new(post, [Employment(*post, first, None)])

    def _ordinary(self) -> list[Person]:
        """People of today who are neither managers, nor the demo's, nor in unknown units."""
        return [
            person
            for person in self.people
            if not (person.is_fixed or person.post.is_manager or person.post.unit in UNKNOWN_UNITS)
        ]

    def _add_second_posts(self) -> None:
        """Some work half-time in two districts, in the same role (STATUS.md 7, example 4)."""
        for person in self.rng.sample(self._ordinary(), TWO_POSTS):
            post = person.post
            kin = self.careers.units_by_area.get(post.area, [])
            elsewhere = [code for code in kin if code != post.unit]
            first = max(person.hired, self.today - timedelta(days=self.rng.randint(30, 700)))
            worked = {employment.unit for employment in person.employments}
            free = [code for code in elsewhere if code not in worked]
            if not free:
                continue
            unit = self.rng.choice(free)
            first = max(first, self.organisation.first_day[unit])
            person.employments.append(
                Employment(unit, post.position, post.area, False, first, None)
            )

    def _protect(self) -> None:
        for person in self.rng.sample(self._ordinary(), PROTECTED):
            person.protected = True

    def _name_told_managers(self) -> None:
        """Whoever holds a post that an account is for: nothing else of the city changes."""
        for told in TOLD_MANAGERS:
            holder = next(
                person
                for person in self.people
                if person.left is None
                and not person.is_fixed
                and (person.post.unit, person.post.position) == (told.unit, told.position)
            )
            holder.person_id = told.person_id
            holder.first_name, holder.last_name = told.first_name, told.last_name
            holder.email = self.names.address(told.first_name, told.last_name)
            holder.protected = False

    def _add_former(self) -> None:
        """People who have left, some of them lately."""
        codes = [
            code
            for code, unit in sorted(self.organisation.current.items())
            if unit.kind in ("enhet", "utforare")
        ]
        longest = (self.today - date(2016, 6, 1)).days
        for _ in range(STAFF_LEFT):
            unit = self.organisation.current[self.rng.choice(codes)]
            roles = [role for role, weight in roles_of(unit) for _ in range(weight)]
            post = Post(unit.code, self.rng.choice(roles), unit.area)
            left = self.today - timedelta(days=self.rng.randint(3, longest))
            stints = self.careers.stints(post, self.careers.hired(left), left)
            rows = self.careers.employments(stints)
            if rows:
                self._new(post, rows, left)
