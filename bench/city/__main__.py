"""`python -m bench.city STAFF`: a made-up city of any size, into the environment's database.

With --file it writes `personal.csv` instead, as HR would deliver it of the same city on its day.
"""

import argparse
import resource
import sys
import time
from datetime import date
from pathlib import Path

from bench.plan import start


def _given() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.city", description=__doc__)
    parser.add_argument("staff", type=int, nargs="?", default=50_000, help="employed on the day")
    parser.add_argument("--targets", type=int, default=15)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--today", type=date.fromisoformat, help="the city's day; default: today")
    parser.add_argument("--file", type=Path, help="write HR's whole file here, and nothing else")
    parser.add_argument(
        "--changed", type=float, default=0, help="per cent of the file that says something new"
    )
    return parser.parse_args()


def main() -> None:
    """Write what was asked for, and say what it took."""
    given = _given()
    start()
    from bench.city.files import write_staff_file
    from bench.city.plan import CityPlan
    from bench.city.writing import write_city
    from foundation.intervals import today

    began, cpu = time.monotonic(), time.process_time()
    plan = CityPlan(given.staff, given.today or today(), given.targets, given.seed)
    if given.file:
        rows = write_staff_file(given.file, plan, changed=given.changed / 100)
        print(f"{rows} rows in {given.file}.", file=sys.stderr)
    else:
        write_city(plan)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{time.monotonic() - began:.1f} s, {time.process_time() - cpu:.1f} s of CPU, "
        f"{memory:.0f} MB.",
        file=sys.stderr,
    )


if __name__ == "__main__":
    main()
