"""When the rule reminds: 60, 30 and 7 days before a deadline, or before validity runs out.

Plain Python over one person: nothing here reads the database or the clock.

A mail is sent on a day when some step has been reached that nobody was told of. It then takes with
it what the week that follows would bring, because no other mail leaves in that week.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from foundation.intervals import Interval
from tracking.reminders.models import Why

STEPS = (60, 30, 7)
# Days between two reminders of the same, whoever asks, and between two mails by rule.
APART = 7
# The longest a line may come before its step: what the week of silence would else delay.
AHEAD = APART - 1


@dataclass(frozen=True, slots=True)
class Ending:
    """Something of a person's that has a last day ahead."""

    target: str
    why: Why
    until: date

    @property
    def key(self) -> tuple[str, str, date]:
        """What a step is remembered by: a new deadline begins anew."""
        return self.target, self.why, self.until


@dataclass(frozen=True, slots=True)
class Told:
    """What somebody has been told of: lately, and at which step."""

    # The latest step of each ending, by `Ending.key`.
    steps: Mapping[tuple[str, str, date], int] = field(default_factory=dict)
    # The last day of a reminder of each target, and of any; whoever asked.
    targets: Mapping[str, date] = field(default_factory=dict)
    last: date | None = None


def step_reached(ending: Ending, on: date) -> int | None:
    """The step the day stands at: the smallest that is not below the days left; None after it."""
    left = (ending.until - on).days
    return min((step for step in STEPS if left <= step), default=None) if left >= 0 else None


def is_apart(earlier: date | None, on: date) -> bool:
    """Whether a reminder on `on` is no repetition of one of the day `earlier`."""
    return earlier is None or (on - earlier).days >= APART


def lines_on(
    day: date, endings: Iterable[Ending], told: Told, leaves: Iterable[Interval] = ()
) -> list[tuple[Ending, int]]:
    """What the rule's mail of the day says, each with its step; nothing where there is none."""
    if not is_apart(told.last, day) or any(leave.covers(day) for leave in leaves):
        return []
    fresh = [one for one in endings if is_apart(told.targets.get(one.target), day)]
    if not any(_is_news(one, day, told) for one in fresh):
        return []
    ahead = day + timedelta(days=AHEAD)
    found = [(one, step) for one in fresh if (step := _step_within(one, day, ahead, told))]
    return sorted(found, key=lambda pair: (pair[0].until, pair[0].target, pair[0].why))


def _is_news(ending: Ending, on: date, told: Told) -> bool:
    step = step_reached(ending, on)
    return step is not None and step < told.steps.get(ending.key, STEPS[0] + 1)


def _step_within(ending: Ending, first: date, last: date, told: Told) -> int | None:
    """The step reached by the last of these days, if it has not been told of."""
    step = step_reached(ending, min(last, ending.until)) if ending.until >= first else None
    return step if step and step < told.steps.get(ending.key, STEPS[0] + 1) else None
