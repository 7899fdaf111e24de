"""`python -m bench.engine`: the engine alone, without what keeps its figures, on DATA_DIR's city.

`python -m bench.city` makes one. Each part is measured several times in a process of its own,
forked when what it needs is there: its peak of memory is then its own, above that of the program
and of what the part before left behind.
"""

import argparse
import json
import os
import resource
import time
from collections.abc import Callable
from datetime import date, timedelta
from typing import NamedTuple

from bench.plan import start
from bench.surroundings import commit, machine

TIMES = 5
PAST_DAYS = 400


class Taken(NamedTuple):
    """The best of some times, by the clock and of CPU, and the peak of memory in all of them."""

    seconds: float
    cpu: float
    megabytes: float

    def row(self, what: str) -> str:
        """As a row of the table."""
        return f"| {what} | {self.seconds:.3f} | {self.cpu:.3f} | {self.megabytes:.0f} |"


def _megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _timed(what: Callable[[], object], times: int) -> Taken:
    clocks, cpus = [], []
    for _time in range(times):
        clock, cpu = time.perf_counter(), time.process_time()
        what()
        clocks.append(time.perf_counter() - clock)
        cpus.append(time.process_time() - cpu)
    return Taken(min(clocks), min(cpus), _megabytes())


def taken(what: Callable[[], object], times: int = TIMES) -> Taken:
    """What it takes in a child, with its own connection to the database."""
    from django.db import connections

    connections.close_all()
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        try:
            os.write(writing, json.dumps(_timed(what, times)).encode())
            os._exit(0)
        except BaseException:
            os._exit(1)
    os.close(writing)
    with os.fdopen(reading) as said:
        answer = said.read()
    if os.waitpid(child, 0)[1]:
        raise RuntimeError("What was to be measured failed.")
    return Taken(*json.loads(answer))


def measure(as_of: date) -> None:
    """Print what each part takes."""
    from tracking.status.engine import (
        EVERYBODY,
        PkRange,
        compute,
        count,
        ground_at,
        partitions,
        read_facts,
        work_out,
    )
    from tracking.status.engine.ground import forget
    from tracking.status.explain import explain
    from tracking.status.known import Known

    now = Known.through(None)

    def whole_day(day: date, parts: list[PkRange]) -> None:
        forget()
        ground = ground_at(day, now)
        for part in parts:
            count(ground, compute(ground, now, part))

    def cold_ground() -> None:
        forget()
        ground_at(as_of, now)

    program = _megabytes()
    parts = partitions(now)
    past = as_of - timedelta(days=PAST_DAYS)
    print("| part | s | CPU s | MB |\n|---|--:|--:|--:|")
    print(Taken(0, 0, program).row("the program, before anything is read"))
    print(taken(cold_ground).row("organisation and targets, nothing remembered"))
    print(taken(lambda: whole_day(as_of, parts)).row("a day: all of it, in partitions"))
    print(taken(lambda: whole_day(past, parts)).row(f"the day {PAST_DAYS} days before"))
    ground = ground_at(as_of, now)
    one = parts[len(parts) // 2].first
    print(taken(lambda: compute(ground, now, [one]), 50).row("one person"))
    code = ground.targets[0].code
    print(taken(lambda: explain(one, code, as_of, now), 50).row("one person and target, explained"))
    everybody = EVERYBODY
    print(taken(lambda: read_facts(ground, now, everybody)).row("reading everybody's facts"))
    facts = read_facts(ground, now, everybody)
    print(Taken(0, 0, _megabytes()).row("everybody's facts in memory"))
    print(taken(lambda: work_out(ground, facts)).row("**the engine alone, on them**"))
    frames = work_out(ground, facts)
    print(taken(lambda: count(ground, frames)).row("counting units × targets × areas"))
    print(
        f"\n{len(facts.held.person):,} employments, {len(facts.done.person):,} completions, "
        f"{len(frames.status):,} statuses, {len(count(ground, frames)):,} counts, "
        f"{len(ground.units):,} units, {len(ground.targets)} targets, {len(parts)} partitions; "
        f"{machine()}, {commit()}."
    )


def main() -> None:
    """Measure on the city's day."""
    given = argparse.ArgumentParser(prog="python -m bench.engine", description=__doc__)
    given.add_argument("--as-of", type=date.fromisoformat, help="default: today")
    chosen = given.parse_args()
    start()
    from foundation.intervals import today

    measure(chosen.as_of or today())


if __name__ == "__main__":
    main()
