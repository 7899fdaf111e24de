"""The real program in a process of its own, over a copy of the demo city."""

import contextlib
import fcntl
import os
import re
import selectors
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from tests.preloaded import Preloaded

# Names a folder that several runs of pytest share their demo city in.
DEMO_CITY = "KOMPETENS_DEMO_CITY"
DATABASE = "kompetens.sqlite3"
ROOT = Path(__file__).resolve().parents[1]
NEVER = re.compile(r"(?!)")
_preloaded: dict[Path, Preloaded] = {}
READY = re.compile(r"(http://[\w.:]+)/ \(Ctrl-C")


def environment(data: Path) -> dict[str, str]:
    """As on a laptop where nothing is set, with the data in `data`."""
    kept = {
        name: value
        for name, value in os.environ.items()
        # What is compiled is kept: some dozens of processes load the same program.
        if name not in {"DATABASE_URL", "DJANGO_SETTINGS_MODULE", "PYTHONDONTWRITEBYTECODE"}
    }
    return kept | {"DATA_DIR": str(data), "PYTHONUNBUFFERED": "1"}


def manage(data: Path, *arguments: str) -> str:
    """Run a management command over the data in `data`; gives what it printed."""
    if data in _preloaded:
        code, said = _preloaded[data].run(arguments, environment(data))
    else:
        code, said = _run(data, arguments)
    if code:
        raise RuntimeError(f"manage.py {' '.join(arguments)}:\n{said}")
    return said


@contextlib.contextmanager
def preloaded(data: Path) -> Iterator[None]:
    """Within: the program is loaded once for all commands over this data (tests/preloaded.py)."""
    _preloaded[data] = Preloaded(environment(data))
    try:
        yield
    finally:
        _preloaded.pop(data).end()


def _run(data: Path, arguments: tuple[str, ...]) -> tuple[int, str]:
    done = subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=environment(data),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout


def demo_city(folder: Path, migrated: Path | None = None) -> Path:
    """A data folder with the demo city, made once and shared by all processes of a test run.

    `migrated`: a database that migrations have made, which `migrate` looks through as any other.
    """
    data, finished = folder / "demo-city", folder / "demo-city-finished"
    with (folder / "demo-city-lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not finished.exists():
            shutil.rmtree(data, ignore_errors=True)
            data.mkdir(parents=True)
            if migrated:
                shutil.copyfile(migrated, data / DATABASE)
            manage(data, "migrate", "--verbosity=0")
            manage(data, "load_demo")
            finished.touch()
    return data


class Program:
    """`manage.py serve` in a process group of its own, as `make run` starts it."""

    def __init__(self, data: Path, port: int, **variables: str) -> None:
        self.data = data
        self.port = port
        self._environment = environment(data) | variables
        self.output = ""
        self.address = ""
        self._process: subprocess.Popen[bytes] | None = None

    def start(self, *options: str, seconds: float = 180) -> None:
        """Start, and wait until it says where it is; raises RuntimeError with what it said.

        `options`: of `manage.py serve`.
        """
        self.output = ""
        self._process = subprocess.Popen(
            [sys.executable, "manage.py", "serve", "--port", str(self.port), *options],
            cwd=ROOT,
            env=self._environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            bufsize=0,
            start_new_session=True,
        )
        if not self._read_until(READY, seconds):
            self.kill()
            raise RuntimeError(f"The program did not start:\n{self.output}")
        self.address = READY.findall(self.output)[0]

    def _read_until(self, pattern: re.Pattern[str], seconds: float) -> bool:
        """Whether it says so before it ends, or has been silent for too long."""
        stream = self._running.stdout
        assert stream is not None
        until = time.monotonic() + seconds
        with selectors.DefaultSelector() as selector:
            selector.register(stream, selectors.EVENT_READ)
            while selector.select(timeout=max(until - time.monotonic(), 0)):
                said = os.read(stream.fileno(), 65_536)
                self.output += said.decode("utf-8", errors="replace")
                if pattern.search(self.output):
                    return True
                if not said:
                    return False
        return False

    @property
    def running(self) -> bool:
        """False before it is started, and once it has ended."""
        return self._process is not None and self._process.poll() is None

    def listen(self) -> None:
        """Take in what it has said, so that it never waits for somebody to."""
        self._read_until(NEVER, 0)

    @property
    def _running(self) -> subprocess.Popen[bytes]:
        assert self._process is not None, "start() comes first"
        return self._process

    @property
    def pid(self) -> int:
        """The process of `manage.py serve` itself."""
        return self._running.pid

    def stop(self, number: int = signal.SIGINT) -> int:
        """Ask it to stop as a terminal does, the whole group at once; gives the exit code."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.pid, number)
        said, _ = self._running.communicate(timeout=90)
        self.output += said.decode("utf-8", errors="replace")
        return self._running.returncode

    def kill(self) -> None:
        """Every process of it dies at once, with nothing put in order."""
        self.stop(signal.SIGKILL)

    def left_behind(self, *, seconds: float = 30) -> list[int]:
        """The processes of its group that still run when the time is up."""
        until = time.monotonic() + seconds
        while (found := self._group()) and time.monotonic() < until:
            # One that has closed its files may still be giving its memory back.
            time.sleep(0.05)
        return found

    def _group(self) -> list[int]:
        found = []
        for entry in Path("/proc").glob("[0-9]*/stat"):
            with contextlib.suppress(OSError):
                state, _parent, group = entry.read_text().rpartition(")")[2].split()[:3]
                if int(group) == self.pid and state != "Z":
                    found.append(int(entry.parent.name))
        return found
