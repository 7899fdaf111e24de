"""`python -m bench.forecast`: forecasts of past days against what came, in cities of their own.

For the demo's history and a made-up city: forecasts of the last month-ends, each made some weeks
before from what was known on that evening, beside the straight line of the pace and beside "as it
stands". The rows "where shown" hold the rule itself to account: each forecast that would have been
shown by what had come of those before it when it was made. `… measure` asks the environment's city.
"""

import argparse
import shutil
import tempfile
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from bench.engine import taken
from bench.plan import start
from bench.surroundings import ROOT, commit, machine, run, say

if TYPE_CHECKING:
    from tracking.forecast.hindsight import Hindsight

DAYS = 18
LARGE = 200
HEAD = (
    "| weeks ahead | units × targets | forecasts | error | straight line | as it stands | "
    "interval held | its width |\n|--:|---|--:|--:|--:|--:|--:|--:|"
)
Past = dict[tuple[date, int], list["Hindsight"]]  # by day and weeks ahead


def look_back(today: date) -> Past:
    """Forecasts of the last month-ends, as far ahead as they are tried."""
    from foundation.facts import batch_at
    from tracking.forecast.foretelling import required_targets
    from tracking.forecast.hindsight import hindsight
    from tracking.forecast.keeping import end_of, larger_units, month_ends
    from tracking.forecast.outlook import Counting
    from tracking.forecast.verdict import TRIED_WEEKS
    from tracking.organisation.queries import organisation_on

    found: Past = {}
    for day in islice(month_ends(today), DAYS):
        batch = batch_at(end_of(day)) or 0
        counting = Counting(larger_units(organisation_on(day, batch)))
        codes = frozenset(required_targets(batch, day))
        for weeks in TRIED_WEEKS:
            found[day, weeks] = list(hindsight(counting, day, weeks, codes))
    return found


def shown(past: Past, weeks: int) -> list["Hindsight"]:
    """The forecasts that would have been shown, by what those before them had come to."""
    from tracking.forecast.foretold import LEAST_BASE
    from tracking.forecast.verdict import TRIED_DAYS, Tried, verdict_of

    days = sorted(day for day, ahead in past if ahead == weeks)
    tried: dict[tuple[str, str], list[tuple[date, Tried]]] = {}
    found = []
    for day in days:
        made_on = day - timedelta(weeks=weeks)
        for one in past[day, weeks]:
            before = tried.setdefault((one.unit, one.target), [])
            come = [worth for on, worth in before if on <= made_on]
            if one.base >= LEAST_BASE and verdict_of(weeks, come[-TRIED_DAYS:]).is_good:
                found.append(one)
            before.append((day, Tried(one.error, one.line_error, one.as_is_error, one.held)))
    return found


def row(weeks: int, what: str, found: Sequence["Hindsight"]) -> str:
    """A row of the table."""
    if not found:
        return f"| {weeks} | {what} | 0 | – | – | – | – | – |"

    def mean(of: Callable[["Hindsight"], float]) -> float:
        return sum(of(one) for one in found) / len(found)

    return (
        f"| {weeks} | {what} | {len(found)} | {mean(lambda one: one.error):.2f} | "
        f"{mean(lambda one: one.line_error):.2f} | {mean(lambda one: one.as_is_error):.2f} | "
        f"{100 * mean(lambda one: one.held):.0f} % | {mean(lambda one: one.width):.1f} |"
    )


def measure() -> None:
    """Print the table of the environment's city, and what making and reading takes."""
    from foundation.intervals import today
    from tracking.forecast.foretelling import forget_forecasts, make_forecasts
    from tracking.forecast.foretold import LEAST_BASE, forecasts
    from tracking.forecast.models import Forecast
    from tracking.forecast.verdict import TRIED_WEEKS
    from tracking.organisation.models import Employment
    from tracking.organisation.queries import organisation_on

    on = today()
    past = look_back(on)
    print(f"{Employment.objects.known_now().on(on).count()} employments.\n\n{HEAD}")
    for weeks in TRIED_WEEKS:
        everything = [one for (_d, ahead), rows in past.items() if ahead == weeks for one in rows]
        small = [one for one in everything if one.base >= LEAST_BASE]
        print(row(weeks, f"{LEAST_BASE} people or more", small))
        large = [one for one in small if one.base >= LARGE]
        print(row(weeks, f"{LARGE} people or more", large))
        print(row(weeks, "**where shown**", shown(past, weeks)))
    forget_forecasts()
    week = taken(lambda: make_forecasts(today=on), 1)
    tree = organisation_on(on)
    units = [tree.root or "", *tree.children(tree.root or "")]
    codes = sorted(set(Forecast.objects.values_list("target_code", flat=True)))
    page = taken(lambda: forecasts(units, codes, today=on), 50)
    kept = forecasts(list(tree.units), codes, today=on)
    print(
        f"\nEverything made anew, six month-ends looked back on: {week.cpu:.1f} s of CPU, "
        f"{week.megabytes:.0f} MB. {len(kept)} forecasts kept, "
        f"{sum(one.is_shown for one in kept.values())} of them shown. Read for a page of "
        f"{len(units)} units × {len(codes)} targets: {1000 * page.cpu:.1f} ms of CPU."
    )


def _given() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.forecast", description=__doc__)
    parser.add_argument("what", nargs="?", choices=("make", "measure"), default="make")
    parser.add_argument("--staff", type=int, default=10_000, help="of the made-up city")
    return parser.parse_args()


def main() -> None:
    """Measure the environment's city, or two that are made for it."""
    given = _given()
    if given.what == "measure":
        start()
        measure()
        return
    print(f"Measured on: {machine()}; commit {commit()}.")
    made_up = ("-m", "bench.city", str(given.staff))
    for title, load in (("The demo", ("manage.py", "load_demo")), ("A made-up city", made_up)):
        folder = Path(tempfile.mkdtemp(prefix="kompetens-forecast-"))
        place = {
            "DATA_DIR": str(folder),
            "DATABASE_URL": "",
            "DJANGO_SETTINGS_MODULE": "bench.settings",
            "PYTHONPATH": f"{ROOT}:{ROOT / 'site'}",
        }
        try:
            say(f"{title} ...")
            run(place, "manage.py", "migrate", "--verbosity=0")
            run(place, *load)
            print(f"\n### {title}\n\n{run(place, '-m', 'bench.forecast', 'measure')}", flush=True)
        finally:
            shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
