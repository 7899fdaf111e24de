"""The table of one database: asks for each page in a few rounds, and says what it took."""

import sys

from bench.load import Answers, Load, Page, percentile
from bench.processes import cpu_milliseconds, family

WARM_UP = 24
ROUNDS = 5


class Table:
    """Rows of Markdown. Of the CPU: the mean of all rounds, and of the round that took least."""

    HEAD = (
        *("page", "requests", "requests/s", "p50 ms", "p95 ms", "p99 ms"),
        *("CPU ms", "CPU ms, least round", "queries", "KB"),
    )
    DATABASE = ("database CPU ms", "database CPU ms, least round")

    def __init__(self, port: int, web: int, database: list[int]) -> None:
        """`web`: gunicorn's process; `database`: those of a database that has its own."""
        self._port, self._web, self._database = port, web, database

    @property
    def head(self) -> str:
        """Its first two lines."""
        names = self.HEAD + (self.DATABASE if self._database else ())
        return f"| {' | '.join(names)} |\n|---|{'---:|' * (len(names) - 1)}"

    def row(self, page: Page, *, requests: int, seconds: float) -> str:
        """Warm up, then ask; raises RuntimeError when a page does not answer as it should."""
        load = Load(self._port, page)
        load.run(requests=WARM_UP, seconds=seconds)
        rounds: list[tuple[Answers, float, float]] = []
        for _ in range(ROUNDS):
            web, database = self._cpu(self._web), self._cpu(*self._database)
            answers = load.run(requests=requests // ROUNDS, seconds=seconds / ROUNDS)
            if answers.milliseconds:
                took = self._cpu(self._web) - web, self._cpu(*self._database) - database
                rounds.append((answers, *took))
        times = [one for answers, *_cpu in rounds for one in answers.milliseconds]
        sizes = [one for answers, *_cpu in rounds for one in answers.sizes]
        cells = [
            page["name"],
            str(len(times)),
            f"{len(times) / sum(answers.seconds for answers, *_cpu in rounds):.0f}",
            *(f"{percentile(times, percent):.0f}" for percent in (50, 95, 99)),
            *_mean_and_least([(one[0], one[1]) for one in rounds]),
            str(page["queries"]),
            f"{sum(sizes) / len(sizes) / 1024:.1f}",
        ]
        if self._database:
            cells += _mean_and_least([(one[0], one[2]) for one in rounds])
        asking = sum(answers.own_cpu for answers, *_cpu in rounds) / len(times)
        print(f"{page['name']}: asking took {asking:.1f} CPU ms", file=sys.stderr, flush=True)
        return f"| {' | '.join(cells)} |"

    @staticmethod
    def _cpu(*pids: int) -> float:
        return cpu_milliseconds([one for pid in pids for one in family(pid)])


def _mean_and_least(rounds: list[tuple[Answers, float]]) -> list[str]:
    mean = sum(cpu for _answers, cpu in rounds) / sum(
        len(answers.milliseconds) for answers, _cpu in rounds
    )
    least = min(cpu / len(answers.milliseconds) for answers, cpu in rounds)
    return [f"{mean:.1f}", f"{least:.1f}"]
