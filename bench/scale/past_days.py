"""`python -m bench.scale.past_days`: the counts of days that nobody has asked for, and again."""

from datetime import timedelta

from bench.plan import start
from bench.scale.timing import Figure, Stopwatch, own_megabytes, told

DAYS = (31, 400, 1300)  # before today; the last is before the merger of 2023


def measure() -> list[Figure]:
    """Cold: facts read and counted. Kept: what the page reads from then on."""
    from django.conf import settings

    from foundation.intervals import today
    from tracking.status.figures import figures

    assert not settings.DEBUG
    cold, kept = Stopwatch(), Stopwatch()
    for days in DAYS:
        day = today() - timedelta(days=days)

        def ask(day: object = day) -> None:
            found = figures(as_of=day)  # type: ignore[arg-type]
            found.of([found.tree.root or "", *found.tree.children(found.tree.root or "")])

        cold.time(ask)
        for _ in range(5):
            kept.time(ask)
    most = own_megabytes()
    return [
        Figure("facts", "A past day, cold, ms", cold.cell, "2 s", f"{most:.0f} MB"),
        Figure("facts", "The same day again", kept.cell),
    ]


def main() -> None:
    """Print the figures."""
    start()
    print(told(measure()))


if __name__ == "__main__":
    main()
