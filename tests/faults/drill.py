"""The drill itself: people learn, one thing after the other is killed, and then it is counted."""

import json
import random
import threading
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field

from tests.faults.learners import Learner, Told
from tests.faults.stacks import Stack, embedded, production

# A message lost with the broker is handed over again after a minute, by the next sweep, and what
# failed while the database was away waits up to a minute and a half: twice that, on slow machines.
SETTLE_SECONDS = 300.0
AT_ONCE = 4


@dataclass(frozen=True)
class Plan:
    """How long and how often. A round kills everything once; its order is drawn anew."""

    rounds: int
    between: int  # requests answered between one thing that works again and the next that dies
    calm_seconds: float  # or so long, when they are not answered
    away_seconds: float  # between dying and being started again
    accounts: int


SHORT = Plan(rounds=1, between=60, calm_seconds=8.0, away_seconds=0.2, accounts=60)
LONG = Plan(rounds=5, between=150, calm_seconds=20.0, away_seconds=2.0, accounts=1000)


@dataclass
class Report:
    """What was found; `wrong` is empty when nothing was lost and nothing doubled."""

    title: str
    kills: list[str] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    asked_again: dict[str, int] = field(default_factory=dict)
    trouble: list[str] = field(default_factory=list)
    seconds: float = 0

    MUST_BE_NONE = (
        "answers lost",
        "answers doubled",
        "handed in lost",
        "completions lost",
        "completions doubled",
        "completions of nothing",
        "certificates wrong",
        "jobs lost",
        "jobs failed without",
        "jobs with a wrong result",
        "jobs undone",
        "outbox rows left",
    )

    @property
    def wrong(self) -> dict[str, int]:
        """What should be nothing and is not."""
        return {name: self.counts[name] for name in self.MUST_BE_NONE if self.counts[name]}

    def table(self) -> str:
        """For people."""
        rows = [("kills (-9)", str(len(self.kills))), ("seconds", f"{self.seconds:.0f}")]
        rows += [(name, str(count)) for name, count in self.counts.items()]
        again = ", ".join(f"{what} × {count}" for what, count in sorted(self.asked_again.items()))
        rows += [("asked again because of", again or "nothing")]
        lines = [f"### {self.title}", "", "| what | how many |", "|---|---:|"]
        return "\n".join([*lines, *(f"| {name} | {value} |" for name, value in rows)])


def drill_production(plan: Plan, *, seed: int) -> Report:
    """Each process, Redis and PostgreSQL are killed; so is one child of gunicorn and of Celery."""

    def deaths(stack: Stack, turn: random.Random) -> list[tuple[str, Callable[[], None]]]:
        found = [(name, _away(stack, name, plan.away_seconds)) for name in stack.services]
        found += [(f"a child of {name}", _child(stack, name)) for name in ("web-1", "worker-1")]
        turn.shuffle(found)
        return found

    return _drill("Production on loopback", production, deaths, plan, seed)


def drill_embedded(plan: Plan, *, seed: int) -> Report:
    """`manage.py work` is killed, then gunicorn's child, then everything at once."""

    def deaths(stack: Stack, turn: random.Random) -> list[tuple[str, Callable[[], None]]]:
        found = [
            ("manage.py work", _child(stack, "serve", "manage.py work")),
            ("a worker of gunicorn", _child(stack, "serve", "gunicorn")),
            ("everything", _away(stack, "serve", plan.away_seconds)),
            ("manage.py work again", _child(stack, "serve", "manage.py work")),
        ]
        turn.shuffle(found)
        return found

    return _drill("The embedded default", embedded, deaths, plan, seed)


def _away(stack: Stack, name: str, seconds: float) -> Callable[[], None]:
    def act() -> None:
        service = stack.services[name]
        service.kill()
        time.sleep(seconds)
        service.start()
        for one in stack.services.values():
            one.wait()

    return act


def _child(stack: Stack, name: str, saying: str = "") -> Callable[[], None]:
    def act() -> None:
        stack.services[name].kill_child(saying)
        stack.services[name].wait()

    return act


def _drill(
    title: str,
    stacked: Callable[[int], AbstractContextManager[Stack]],
    deaths: Callable[[Stack, random.Random], list[tuple[str, Callable[[], None]]]],
    plan: Plan,
    seed: int,
) -> Report:
    report, told, over, turn = Report(title), Told(), threading.Event(), random.Random(seed)
    began = time.monotonic()
    with stacked(plan.accounts) as stack:
        assert stack.site is not None
        names = [f"larande{number}" for number in range(plan.accounts)]
        people = [Learner(stack.site, names[n::AT_ONCE], told, over) for n in range(AT_ONCE)]
        for learner in people:
            learner.start()
        try:
            for _ in range(plan.rounds):
                for name, act in deaths(stack, turn):
                    _under_load(told, plan)
                    act()
                    report.kills.append(name)
            _under_load(told, plan)
        finally:
            over.set()
            for learner in people:
                learner.join()
        report.counts = _settled(stack, told)
        report.counts["requests"] = told.requests
        report.asked_again, report.trouble = dict(told.again), told.trouble
    report.seconds = time.monotonic() - began
    return report


def _under_load(told: Told, plan: Plan) -> None:
    enough, until = told.requests + plan.between, time.monotonic() + plan.calm_seconds
    while told.requests < enough and time.monotonic() < until:
        time.sleep(0.02)


def _settled(stack: Stack, told: Told) -> dict[str, int]:
    """The counts, once what is queued has been worked off or the time for it is up."""
    file = stack.folder / "told.json"
    said = {name: vars(told)[name] for name in ("changes", "answers", "handed_in", "jobs")}
    file.write_text(json.dumps(said), encoding="utf-8")
    until = time.monotonic() + SETTLE_SECONDS
    while True:
        counts: dict[str, int] = json.loads(stack.run("-m", "tests.faults.audit", str(file)))
        idle = not counts["jobs undone"] and not counts["outbox rows left"]
        if idle or time.monotonic() > until:
            return counts
        time.sleep(1)
