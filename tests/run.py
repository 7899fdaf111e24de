"""`python -m tests.run`: every test on SQLite, in a browser, on PostgreSQL, and with faults."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from tests.postgres import throwaway_cluster
from tests.program import DEMO_CITY

TESTS = Path(__file__).resolve().parent
# Whoever starts the tests may have set them for other programs. What is compiled is kept: every
# process reads the whole suite, and the program is started hundreds of times.
NOT_OURS = {"DATABASE_URL", "DATA_DIR", "PYTHONDONTWRITEBYTECODE"}
NO_TESTS = 5  # pytest's exit code when it found nothing to run


@dataclass(frozen=True)
class Tally:
    """How many tests passed, failed and were skipped."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(
            self.passed + other.passed, self.failed + other.failed, self.skipped + other.skipped
        )

    def __str__(self) -> str:
        text = f"{self.passed} passed, {self.failed} failed"
        return f"{text}, {self.skipped} skipped" if self.skipped else text


def read(report: Path, exit_code: int) -> Tally:
    """The tally of a JUnit report; a run that broke off counts as one failure at least."""
    tally = Tally()
    if report.exists():
        for suite in ElementTree.parse(report).getroot().iter("testsuite"):
            tests, skipped = int(suite.get("tests", 0)), int(suite.get("skipped", 0))
            failed = int(suite.get("failures", 0)) + int(suite.get("errors", 0))
            tally += Tally(max(tests - failed - skipped, 0), failed, skipped)
    if exit_code not in (0, NO_TESTS) and not tally.failed:
        tally += Tally(failed=1)
    return tally


def pytest(title: str, *arguments: str, city: str, database: str | None = None) -> Tally:
    """Run pytest as a process of its own; says how long it took.

    `city`: the folder in which all of them make the demo city, once.
    """
    print(f"\n== {title}", flush=True)
    environment = {name: value for name, value in os.environ.items() if name not in NOT_OURS}
    environment["DJANGO_SETTINGS_MODULE"] = "config.settings.test"
    environment[DEMO_CITY] = city
    if database:
        environment["DATABASE_URL"] = database
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="kompetens-report-") as folder:
        report = Path(folder) / "junit.xml"
        done = subprocess.run(
            [sys.executable, "-m", "pytest", "--quiet", f"--junit-xml={report}", *arguments],
            env=environment,
            check=False,
        )
        tally = read(report, done.returncode)
    print(f"== {title}: {tally} ({time.monotonic() - began:.0f} s)", flush=True)
    return tally


def marked(name: str) -> list[str]:
    """The files that have tests with this mark: no other has to be read to find them."""
    files = sorted(TESTS.rglob("test_*.py"))
    return [str(file) for file in files if f"mark.{name}" in file.read_text("utf-8")]


def main() -> int:
    """Run all four; 0 when every test passed."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with tempfile.TemporaryDirectory(prefix="kompetens-city-") as city:
        whole = _all(city)
    print(f"\n{whole}")
    return 0 if whole.passed and not whole.failed else 1


def _all(city: str) -> Tally:
    two = ("--numprocesses=2", "--dist=worksteal", "-m")
    both = (*two, "not browser and not faults")
    whole = pytest("SQLite", *both, city=city)
    # One at a time to whoever is free: a journey takes a minute, others a second.
    alone = ("--numprocesses=2", "--dist=load", "--maxschedchunk=1", "-m", "browser")
    whole += pytest("Browser (SQLite)", *alone, "--durations=8", *marked("browser"), city=city)
    try:
        with throwaway_cluster() as database:
            whole += pytest("PostgreSQL", "--on-the-database", *both, city=city, database=database)
    except RuntimeError as error:
        print(error, file=sys.stderr)
        whole += Tally(failed=1)
    # Side by side: much of what each drill takes is waiting for what was killed to come back.
    faults = ("--numprocesses=2", "--dist=load", "--maxschedchunk=1", "-m", "faults")
    return whole + pytest("Faults", *faults, "tests/faults", city=city)


if __name__ == "__main__":
    sys.exit(main())
