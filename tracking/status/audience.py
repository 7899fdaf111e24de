"""When an employment puts its person in a target's audience, over all days at once.

What a condition asks of an employment depends only on its unit, role, business area and manager
flag, and on the era of the organisation; so the days are worked out once for each such *post*,
however many people have held it.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from foundation.intervals import Interval, common, merged
from tracking.organisation.queries import OrganisationHistory, UnitPeriod
from tracking.status.rules import TargetRow
from tracking.targets.expressions import Placed, folded


class Post(NamedTuple):
    """What an employment says that an audience can ask for; texts folded."""

    unit_code: str
    position: str
    business_area: str
    is_manager: bool


class Place(NamedTuple):
    """Where a person counts: the unit on the day, and the employment's business area, folded."""

    unit: str
    area: str


class Work(NamedTuple):
    """One employment of a person: the post and the days it was held."""

    post: Post
    interval: Interval


def post(unit_code: str, position: str, business_area: str, is_manager: bool) -> Post:
    """A post with its texts folded for comparison."""
    return Post(unit_code, folded(position), folded(business_area), is_manager)


class AudienceDays:
    """Days in each target's audience of each post, worked out once."""

    def __init__(self, history: OrganisationHistory) -> None:
        self._history = history
        self._placed: dict[Post, list[tuple[Interval, Placed]]] = {}
        self._days: dict[str, dict[Post, list[Interval]]] = defaultdict(dict)

    def of_post(self, target: TargetRow, of: Post) -> list[Interval]:
        """The days on which an employment in this post meets some clause of the target."""
        posts = self._days[target.code]
        if of not in posts:
            if of not in self._placed:
                self._placed[of] = self._place(of)
            posts[of] = merged(
                era for era, placed in self._placed[of] if target.audience.includes(placed)
            )
        return posts[of]

    def stretch(self, target: TargetRow, works: Iterable[Work], day: date) -> Interval | None:
        """The unbroken days in the target's audience around `day`, or None when not in it."""
        days = [
            held
            for work in works
            for match in self.of_post(target, work.post)
            if (held := common(match, work.interval))
        ]
        if not any(held.covers(day) for held in days):
            return None
        run = next(run for run in merged(days) if run.covers(day))
        inside = common(run, target.in_force)
        return inside if inside and inside.covers(day) else None

    def places_on(self, target: TargetRow, works: Iterable[Work], day: date) -> frozenset[Place]:
        """Where an employment meets a clause on `day`: the units, each with the business area."""
        tree = self._history.on(day)
        return frozenset(
            Place(unit, work.post.business_area)
            for work in works
            if work.interval.covers(day)
            and any(run.covers(day) for run in self.of_post(target, work.post))
            and (unit := tree.place(work.post.unit_code)) is not None
        )

    def _place(self, of: Post) -> list[tuple[Interval, Placed]]:
        """What conditions see of the post, and when; days on which it is the same are one."""
        found: list[tuple[Interval, Placed]] = []
        for era in self._history.eras():
            path = self._history.standing(of.unit_code, era.start)
            if not path:
                continue
            placed = placed_in(path, of)
            if found and found[-1][1] == placed and found[-1][0].end == era.start:
                found[-1] = (Interval(found[-1][0].start, era.end), placed)
            else:
                found.append((era, placed))
        return found


def placed_in(path: Sequence[UnitPeriod], of: Post) -> Placed:
    """What conditions see of a post whose employment counts in the first unit of this path."""
    return Placed(
        units=frozenset(unit.code for unit in path),
        kinds=frozenset(unit.kind for unit in path),
        position=of.position,
        business_area=of.business_area,
        is_manager=of.is_manager,
    )
