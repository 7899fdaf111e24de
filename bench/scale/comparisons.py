"""`python -m bench.scale.comparisons`: what explains the difference between two reports.

Of the city and of its largest district: a past day as it was reported and as it is known now, and
that report against today. Nothing is kept between times.
"""

from datetime import date, datetime, time, timedelta

from bench.plan import start
from bench.scale.timing import Figure, Stopwatch, own_megabytes, told

AGO = timedelta(days=90)


def measure() -> list[Figure]:
    """Each comparison three times: the first finds no ground remembered."""
    from bench.scale.accounts import headcounts
    from foundation.facts import batch_at
    from foundation.intervals import STOCKHOLM, today
    from tracking.organisation.queries import organisation_on
    from tracking.status.compare.comparison import Comparing, Side

    def side(day: date, known: date) -> Side:
        return Side(day, batch_at(datetime.combine(known, time.max, STOCKHOLM)) or 0)

    now = today()
    reported, again = side(now - AGO, now - AGO), side(now - AGO, now)
    tree = organisation_on(now)
    people = headcounts(tree, now)
    root = tree.root or ""
    district = max(tree.children(root), key=lambda code: people[code])
    found = []
    for where, unit in (("the city", root), ("its largest district", district)):
        for what, last in (("entered later", again), ("up to today", side(now, now))):
            watch, moved, cells = Stopwatch(), [0], [0]

            def compare(unit: str = unit, last: Side = last) -> None:
                comparing = Comparing(reported, last, unit=unit)
                cells[0] = comparing.size  # noqa: B023  (called before the next round)
                moved[0] = len(comparing.compared().moves.person)  # noqa: B023

            for _ in range(3):
                watch.time(compare)
            note = f"{cells[0]:,} people × targets, {moved[0]:,} moves".replace(",", " ")
            found.append(
                Figure("facts", f"Comparison of {where}, {what}, ms", watch.cell, "", note)
            )
    found.append(Figure("facts", "Comparisons, most memory", f"{own_megabytes():.0f} MB"))
    return found


def main() -> None:
    """Print the figures."""
    start()
    print(told(measure()))


if __name__ == "__main__":
    main()
