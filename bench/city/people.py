"""The people of a made-up city, some thousands at a time: where they worked, and what they did.

What is made is in `bench.city.tables`. A stretch of people comes out the same whatever was made
before it: chance begins anew with each.
"""

import numpy as np

from bench.city.calendar import Days
from bench.city.plan import HIRED_FIRST, LEAVES, CityPlan
from bench.city.tables import NONE, Employments, People, Spans, Takings, first_of, without_overlaps
from config.demo.names import FIRST_NAMES, LAST_NAMES

MONTH = 30
# What part of ...
NEW = 0.04  # ... the staff was hired in the last three months
MOVED = 0.85  # ... who has been here a while has had an earlier post
STAYS_IN_OLD_UNIT = 0.25  # ... has, since a merger, a row that still says the old unit
CORRECTED = 0.02  # ... the employments had first another role
SECOND_POST = 0.01
UNKNOWN_UNIT = 0.001
PROTECTED = 0.002
WITHDRAWN = 0.01  # ... the completions


class Inventor:
    """Invents the people of one stretch; a stretch of the same plan always comes out the same."""

    def __init__(self, plan: CityPlan, begin: int, end: int) -> None:
        self.plan = plan
        self.begin, self.end = begin, end
        self.number = end - begin
        self.rng = np.random.default_rng([plan.seed, 2, begin])
        self.index = np.arange(begin, end, dtype=np.int64)
        slots = plan.slots[begin:end]
        self.employed = slots < plan.staff
        # Whoever has left had a post of today's.
        elsewhere = self.rng.integers(0, plan.staff, self.number)
        self.post = np.where(self.employed, slots, elsewhere)
        today = plan.today
        gone = today - self.rng.integers(3, 2400, self.number)
        self.left = np.where(self.employed, NONE, gone)
        last = np.where(self.employed, today, gone)
        days = 95 + self.rng.exponential(1900, self.number).astype(np.int64)
        new = self.rng.integers(2, 90, self.number)
        is_new = self.employed & (self.rng.random(self.number) < NEW)
        self.hired = _monday(np.maximum(last - np.where(is_new, new, days), HIRED_FIRST))
        self.last = last

    def people(self) -> People:
        """All of them."""
        rng, plan = self.rng, self.plan
        employments = self._known(self._employments())
        # Nothing is known of somebody before their first employment is (STATUS.md 8).
        self.known_from = np.full(self.number, plan.calendar.last, dtype=np.int64)
        np.minimum.at(self.known_from, employments.person - self.begin, employments.night_in)
        completions = self._completions()
        return People(
            self.begin,
            self.end,
            rng.integers(0, len(FIRST_NAMES), self.number),
            rng.integers(0, len(LAST_NAMES), self.number),
            (rng.random(self.number) < PROTECTED).astype(np.int64),
            employments,
            self._absences(),
            self._starts(completions),
            completions,
            self._exemptions(),
        )

    def _employments(self) -> Employments:
        """What is true, by person and first day; when it was known comes after."""
        rng, plan = self.rng, self.plan
        length = self.last - self.hired
        moves = (length > 365) & (rng.random(self.number) < MOVED)
        twice = moves & (length > 900) & (rng.random(self.number) < 0.6)
        at_most = np.maximum(length, 1)
        change = _monday(self.hired + (at_most * rng.uniform(0.4, 0.8, self.number)).astype(int))
        sooner = _monday(self.hired + (at_most * rng.uniform(0.1, 0.3, self.number)).astype(int))
        change = np.where(moves, np.maximum(change, self.hired + 14), self.hired)
        sooner = np.where(twice, np.maximum(sooner, self.hired + 7), change)
        sooner = np.where(moves, np.minimum(sooner, change), self.hired)
        stays = rng.random(self.number) < STAYS_IN_OLD_UNIT
        now = self._stint(self.post, change, self.left, plan.post_manager[self.post])
        middle = self._earlier(sooner, change, moves)
        begun = self._earlier(self.hired, np.where(twice, sooner, change), moves & twice)
        second = self._second_posts(now)
        table = self._as_units_were(Employments.together(now, middle, begun, second), stays)
        return table.rows(np.lexsort((table.unit, table.first, table.person)))

    def _stint(self, post: Days, first: Days, end: Days, manager: Days) -> Employments:
        plan, nothing = self.plan, np.zeros(len(post), dtype=np.int64)
        unknown = self.rng.random(len(post)) < UNKNOWN_UNIT
        unit = np.where(
            unknown & (manager == 0),
            plan.unknown_units[self.rng.integers(0, len(plan.unknown_units), len(post))],
            plan.post_unit[post],
        )
        return Employments(
            self.index, nothing, nothing - 1, unit, plan.post_role[post], manager, first, end
        )

    def _earlier(self, first: Days, end: Days, chosen: Days) -> Employments:
        """A post before, for those chosen: in the same unit, or somewhere else in the city."""
        other = self.rng.integers(0, self.plan.staff, self.number)
        same = self.rng.random(self.number) < 0.4
        post = np.where(same, self.post, other)
        nobody = np.zeros(self.number, dtype=np.int64)
        return self._stint(post, first, end, nobody).rows(chosen & (end > first))

    def _second_posts(self, now: Employments) -> Employments:
        """Half-time in another unit beside the first (STATUS.md 7, example 4)."""
        plan, number = self.plan, self.number
        other = self.rng.integers(0, plan.staff, number)
        first = _monday(plan.today - self.rng.integers(20, 700, number))
        chosen = (
            self.employed
            & (self.rng.random(number) < SECOND_POST)
            & (first > self.hired)
            & (plan.post_unit[other] != now.unit)
            & (plan.unit_first[plan.post_unit[other]] <= first)
        )
        nobody, open_end = np.zeros(number, dtype=np.int64), np.full(number, NONE)
        return self._stint(other, first, open_end, nobody).rows(chosen)

    def _as_units_were(self, table: Employments, stays: Days) -> Employments:
        """Rows as HR had them: in a unit that took another over, what was before stands there."""
        plan = self.plan
        was, reform = plan.unit_was[table.unit], plan.unit_first[table.unit]
        before = (was >= 0) & (table.first < reform)
        ended = before & (table.end >= 0) & (table.end <= reform)
        kept = before & (stays[table.person - self.begin] | ended) & (table.manager == 0)
        split = before & ~kept & ~ended
        old = table.rows(before)
        old.unit = was[before]
        old.end = np.where(split[before], reform[before], old.end)
        new = table.rows(~before | split)
        new.first = np.where(split, reform, table.first)[~before | split]
        return without_overlaps(Employments.together(old, new))

    def _known(self, table: Employments) -> Employments:
        """The same with when it was known: an end comes to be known after its beginning."""
        rng, plan = self.rng, self.plan
        size, calendar = len(table.person), plan.calendar
        lead = rng.integers(-MONTH, 10, size)
        night = calendar.night_of(np.minimum(table.first + lead, plan.today))
        many = calendar.last + 1
        # Of one person, no later employment is known before an earlier one.
        night = np.maximum.accumulate(table.person * many + night) - table.person * many
        table.night_in = night
        closed = calendar.night_of(np.minimum(table.end + rng.integers(-20, 5, size), plan.today))
        same = table.person[1:] == table.person[:-1]
        closed[:-1] = np.where(same, np.minimum(closed[:-1], night[1:]), closed[:-1])
        closed = np.maximum(closed, night)
        late = (table.end >= 0) & (closed > night)
        first_said = table.rows(late)
        first_said.end = np.full(len(first_said.end), NONE)
        first_said.night_out = closed[late]
        table.night_in = np.where(late, closed, night)
        wrong = ~late & (rng.random(size) < CORRECTED) & (table.night_in < calendar.last)
        mended = np.minimum(table.night_in + rng.integers(1, 7, size), calendar.last)
        first_wrong = table.rows(wrong)
        first_wrong.role = (first_wrong.role + 1) % len(plan.roles)
        first_wrong.night_out = mended[wrong]
        table.night_in = np.where(wrong, mended, table.night_in)
        return Employments.together(first_said, first_wrong, table)

    def _spread(self, mean: float) -> Days:
        """Each person's index as many times as something happens to them: `mean`, on average."""
        return np.repeat(np.arange(self.number), self.rng.poisson(mean, self.number))

    def _night(self, at: Days, day: Days) -> Days:
        """The night on which something about those people came to be known."""
        night = self.plan.calendar.night_of(np.minimum(day, self.plan.today))
        return np.maximum(night, self.known_from[at])

    def _completions(self) -> Takings:
        rng, plan = self.rng, self.plan
        at = self._spread(self.plan.completions)
        size = len(at)
        course = rng.choice(len(plan.courses), size, p=plan.course_weights)
        earliest = np.maximum(self.hired[at] - 60, HIRED_FIRST + 400)
        # Oftener lately: the square root lies nearer to 1.
        span = np.maximum(self.last[at] - earliest, 1)
        on = earliest + (span * np.sqrt(rng.random(size))).astype(np.int64)
        on = np.minimum(on, plan.today)
        source = plan.course_source[course, rng.integers(0, plan.course_source.shape[1], size)]
        lag = np.where(rng.random(size) < 0.8, rng.integers(0, 14, size), 0)
        lag = np.where(rng.random(size) < 0.06, rng.integers(60, 400, size), lag)
        night = self._night(at, on + lag)
        out = night + rng.integers(1, 12, size)
        taken = (rng.random(size) < WITHDRAWN) & (out <= plan.calendar.last)
        table = Takings(self.index[at], night, np.where(taken, out, NONE), course, on, source)
        return table.rows(first_of(table.person, course, on, source))

    def _starts(self, completions: Takings) -> Takings:
        """Some begun before they were completed, some only begun; the first day is kept."""
        rng, plan = self.rng, self.plan
        begun = completions.rows(rng.random(len(completions.person)) < 0.35)
        begun.on = begun.on - rng.integers(0, 40, len(begun.on))
        at = self._spread(1.2)
        on = np.minimum(
            self.hired[at] + (rng.random(len(at)) * (self.last - self.hired)[at]).astype(int),
            plan.today,
        )
        nothing = np.zeros(len(at), dtype=np.int64)
        course = rng.choice(len(plan.courses), len(at), p=plan.course_weights)
        only = Takings(self.index[at], nothing, nothing - 1, course, on, nothing)
        table = Takings.together(begun, only)
        table = table.rows(np.lexsort((table.on, table.course, table.person)))
        table = table.rows(first_of(table.person, table.course))
        table.night_in = self._night(table.person - self.begin, table.on)
        table.night_out = np.full(len(table.on), NONE)
        return table

    def _absences(self) -> Spans:
        rng, plan = self.rng, self.plan
        at = self._spread(0.5)
        size = len(at)
        span = np.maximum(self.last - self.hired, 1)[at]
        first = self.hired[at] + (span * rng.random(size)).astype(np.int64)
        short, long = rng.integers(3, 20, size), rng.integers(30, 500, size)
        is_long = rng.random(size) < 0.45
        end = first + np.where(is_long, long, short)
        lately = is_long & (first > plan.today - 200) & (rng.random(size) < 0.3)
        end = np.where(lately, NONE, end)
        night = self._night(at, first + rng.integers(0, 20, size))
        table = Spans(
            *(self.index[at], night, np.full(size, NONE)),
            *(rng.integers(0, len(LEAVES), size), first, end),
        )
        return table.rows(first_of(table.person, first))

    def _exemptions(self) -> Spans:
        rng, plan = self.rng, self.plan
        at = self._spread(0.05)
        size = len(at)
        span = np.maximum(self.last - self.hired, 1)[at]
        first = self.hired[at] + (span * rng.random(size)).astype(np.int64)
        end = np.where(rng.random(size) < 0.3, NONE, first + rng.integers(60, 700, size))
        night = self._night(at, first + rng.integers(0, 40, size))
        target = rng.integers(0, len(plan.targets), size)
        table = Spans(self.index[at], night, np.full(size, NONE), target, first, end)
        return table.rows(first_of(table.person, target, first))


def _monday(days: Days) -> Days:
    """The Monday of that week: most employments begin on one."""
    mondays: Days = days - (days - 1) % 7
    return mondays
