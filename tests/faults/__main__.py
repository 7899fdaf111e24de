"""`python -m tests.faults`: the long drill, twice, and its figures as tables."""

import argparse
import sys

from tests.faults.drill import LONG, SHORT, drill_embedded, drill_production


def main() -> int:
    """0 when nothing was lost, nothing doubled, and everybody got an answer in the end."""
    given = argparse.ArgumentParser(prog="python -m tests.faults")
    given.add_argument("--short", action="store_true", help="One round, as in make test.")
    given.add_argument("--seed", type=int, default=1, help="The order of the deaths.")
    given.add_argument("--only", choices=("production", "embedded"))
    options = given.parse_args()
    plan = SHORT if options.short else LONG
    failed = False
    for name, drill in (("production", drill_production), ("embedded", drill_embedded)):
        if options.only not in (None, name):
            continue
        report = drill(plan, seed=options.seed)
        print(f"\n{report.table()}\n\nKilled: {', '.join(report.kills)}.", flush=True)
        for line in report.trouble:
            print(f"No answer in the end: {line}", file=sys.stderr)
        failed |= bool(report.wrong or report.trouble)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
