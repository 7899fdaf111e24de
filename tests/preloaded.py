"""Management commands, each in a process forked from one that has the program loaded already.

`python -m tests.preloaded` is that one: it reads what to run, a line of JSON for each, and answers
with what was said. It opens no database itself; the command reads its arguments and environment
as when it is started alone.
"""

import json
import os
import subprocess
import sys
import tempfile
import traceback
from pathlib import Path
from typing import IO

ROOT = Path(__file__).resolve().parents[1]


class Preloaded:
    """Runs commands over one data folder; its process begins with the first of them."""

    def __init__(self, environment: dict[str, str]) -> None:
        self._environment = environment
        self._process: subprocess.Popen[str] | None = None

    def run(self, arguments: tuple[str, ...], environment: dict[str, str]) -> tuple[int, str]:
        """Its exit code, and all that it said."""
        if self._process is None:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "tests.preloaded"],
                cwd=ROOT,
                env=self._environment,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            )
        asking, answering = self._process.stdin, self._process.stdout
        assert asking is not None
        assert answering is not None
        asking.write(json.dumps([arguments, environment]) + "\n")
        asking.flush()
        answer = answering.readline()
        if not answer:
            raise RuntimeError(f"It ended with code {self._process.wait()}, see above")
        code, said = json.loads(answer)
        return int(code), str(said)

    def end(self) -> None:
        """When no more is asked, its process ends."""
        if self._process is not None:
            self._process.communicate()


def _serve(asked: IO[str], answers: IO[str]) -> None:
    import django

    sys.path[:0] = [str(ROOT / "site")]
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.local")
    django.setup()
    from django.urls import get_resolver

    assert get_resolver().url_patterns  # the views, and all that they stand on
    for line in asked:
        arguments, environment = json.loads(line)
        with tempfile.TemporaryFile("w+", encoding="utf-8") as said:
            code = _run_apart(arguments, environment, said)
            said.seek(0)
            answers.write(json.dumps([code, said.read()]) + "\n")
            answers.flush()


def _run_apart(arguments: list[str], environment: dict[str, str], said: IO[str]) -> int:
    """Run it in a process of its own; gives the exit code."""
    from django.core.management import execute_from_command_line

    process = os.fork()
    if process:
        return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
    code = 1
    try:
        for number in (1, 2):
            os.dup2(said.fileno(), number)
        os.environ.update(environment)
        execute_from_command_line(["manage.py", *arguments])
        code = 0
    except SystemExit as ended:
        code = ended.code if isinstance(ended.code, int) else int(ended.code is not None)
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


if __name__ == "__main__":
    # What a command prints to is its own; this is for answers alone.
    _serve(sys.stdin, os.fdopen(os.dup(1), "w", encoding="utf-8"))
