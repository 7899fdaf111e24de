"""`python -m bench.trial`: what it takes to try a draft of a target on the environment's city.

As the page does it: the target as it is and as it would be, in the city and every unit below it.
Make a city first: `python -m bench.city 50000`.
"""

import resource
import sys
import time
from statistics import median

from bench.plan import start

TIMES = 7


def main() -> None:
    """Print the p50 of the clock and of CPU, and the most memory."""
    start()
    from foundation.intervals import today
    from tracking.organisation.models import Employment
    from tracking.organisation.queries import organisation_on
    from tracking.programme.effect import question, tried
    from tracking.targets.models import Target
    from tracking.targets.rows import cells_of

    base = Target.objects.known_now().filter(valid_to=None).order_by("code").first()
    if base is None:
        sys.exit("There is no city: python -m bench.city 50000")
    asked = question(cells_of(base) | {"omfattar": "chef=nej"}, base, today())
    assert asked is not None
    tree = organisation_on(asked.as_of)
    clock, cpu = [], []
    for _ in range(TIMES):
        began, worked = time.perf_counter(), time.process_time()
        found = tried(asked, tree)
        clock.append(time.perf_counter() - began)
        cpu.append(time.process_time() - worked)
    held = Employment.objects.known_now().count()
    people = len(found.after.of(tree.root or ""))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{people} people in the audience, {held} employments known: p50 {median(clock):.2f} s "
        f"({median(cpu):.2f} s of CPU), {memory:.0f} MB"
    )


if __name__ == "__main__":
    main()
