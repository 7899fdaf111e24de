"""When an employment puts its person in a target's audience, over all days at once.

What a condition asks of an employment depends only on its unit, role, business area and manager
flag, and on the era of the organisation; so the days are worked out once for each such *post*,
however many people have held it.
"""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from foundation.intervals import Interval, common, merged
from tracking.organisation.queries import OrganisationDay, OrganisationHistory
from tracking.status.rules import TargetRow
from tracking.targets.expressions import Audience, Placed, folded


class Post(NamedTuple):
    """What an employment says that an audience can ask for; texts folded."""

    unit_code: str
    position: str
    business_area: str
    is_manager: bool


class Work(NamedTuple):
    """One employment of a person: the post and the days it was held."""

    post: Post
    interval: Interval


def post(unit_code: str, position: str, business_area: str, is_manager: bool) -> Post:
    """A post with its texts folded for comparison."""
    return Post(unit_code, folded(position), folded(business_area), is_manager)


class AudienceDays:
    """Days in the audience of each post, remembered per audience."""

    def __init__(self, history: OrganisationHistory) -> None:
        self._history = history
        self._eras = history.eras()
        self._placed: dict[Post, list[tuple[Interval, Placed]]] = {}
        self._days: dict[tuple[Audience, Post], list[Interval]] = {}
        self._included: dict[tuple[Audience, Placed], bool] = {}

    def of_post(self, audience: Audience, of: Post) -> list[Interval]:
        """The days on which an employment in this post meets some clause."""
        known = self._days.get((audience, of))
        if known is None:
            if of not in self._placed:
                self._placed[of] = self._place(of)
            known = self._days[audience, of] = merged(
                era for era, placed in self._placed[of] if self._includes(audience, placed)
            )
        return known

    def stretch(self, target: TargetRow, works: Iterable[Work], day: date) -> Interval | None:
        """The unbroken days in the target's audience around `day`, or None when not in it."""
        days: list[Interval] = []
        for work in works:
            for match in self.of_post(target.audience, work.post):
                if held := common(match, work.interval):
                    days.append(held)
        for run in merged(days):
            inside = common(run, target.in_force)
            if inside and inside.covers(day):
                return inside
        return None

    def units_on(self, target: TargetRow, works: Iterable[Work], day: date) -> frozenset[str]:
        """The units in which an employment meets a clause on `day`."""
        tree = self._history.on(day)
        return frozenset(
            unit
            for work in works
            if work.interval.covers(day)
            and any(run.covers(day) for run in self.of_post(target.audience, work.post))
            and (unit := tree.place(work.post.unit_code)) is not None
        )

    def _includes(self, audience: Audience, placed: Placed) -> bool:
        key = (audience, placed)
        if key not in self._included:
            self._included[key] = audience.includes(placed)
        return self._included[key]

    def _place(self, of: Post) -> list[tuple[Interval, Placed]]:
        found = []
        for era in self._eras:
            tree = self._history.on(era.start)
            unit = tree.place(of.unit_code)
            if unit is not None:
                found.append((era, placed_in(tree, unit, of)))
        return found


def placed_in(tree: OrganisationDay, unit: str, of: Post) -> Placed:
    """What conditions see of a post whose employment counts in `unit` of this tree."""
    path = tree.path(unit)
    return Placed(
        units=frozenset(path),
        kinds=frozenset(tree.units[code].kind for code in path),
        position=of.position,
        business_area=of.business_area,
        is_manager=of.is_manager,
    )
