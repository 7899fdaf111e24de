"""The table of one database: asks for each page, and says what it took."""

import sys

from bench.load import PATIENCE_SECONDS, Load, Page, percentile
from bench.processes import cpu_milliseconds, family

WARM_UP = 24
UNDISTURBED = 10  # per cent of the requests


class Table:
    """Rows of Markdown."""

    HEAD = (
        *("page", "requests", "requests/s", "p50 ms", "p95 ms", "p99 ms"),
        *("CPU ms", "Django's, p10", "Django's, p50", "queries", "KB"),
    )

    def __init__(self, port: int, web: int, database: list[int]) -> None:
        """`web`: gunicorn's process; `database`: those of a database that has its own."""
        self._port, self._web, self._database = port, web, database

    @property
    def head(self) -> str:
        """Its first two lines."""
        names = [*self.HEAD, *(["database CPU ms"] if self._database else [])]
        return f"| {' | '.join(names)} |\n|---|{'---:|' * (len(names) - 1)}"

    def row(self, page: Page, *, requests: int, seconds: float) -> str:
        """Warm up, then ask; raises RuntimeError when a page does not answer as it should."""
        load = Load(self._port, page)
        try:
            load.run(requests=WARM_UP, seconds=seconds)
            web, database = self._cpu(self._web), self._cpu(*self._database)
            answers = load.run(requests=requests, seconds=seconds)
        except TimeoutError:
            return f"| {page['name']} | no answer within {PATIENCE_SECONDS} s |"
        web, database = self._cpu(self._web) - web, self._cpu(*self._database) - database
        count = len(answers.milliseconds)
        cells = [
            page["name"],
            str(count),
            f"{count / answers.seconds:.0f}",
            *(f"{percentile(answers.milliseconds, percent):.0f}" for percent in (50, 95, 99)),
            f"{web / count:.1f}",
            *(f"{percentile(answers.inside, percent):.1f}" for percent in (UNDISTURBED, 50)),
            str(page["queries"]),
            f"{sum(answers.sizes) / count / 1024:.1f}",
            *([f"{database / count:.1f}"] if self._database else []),
        ]
        asking = answers.own_cpu / count
        print(f"{page['name']}: asking took {asking:.1f} CPU ms", file=sys.stderr, flush=True)
        return f"| {' | '.join(cells)} |"

    @staticmethod
    def _cpu(*pids: int) -> float:
        return cpu_milliseconds([one for pid in pids for one in family(pid)])
