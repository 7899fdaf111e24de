"""`python -m bench.rush`: hundreds of people in the same quiz at once, on PostgreSQL.

Each opens the page, answers at the pace given, and hands in. They don't wait for each other: who is
slow to be answered is not asked less. Milliseconds count from when a person presses until the whole
answer is there. Afterwards the database is asked for every answer. Ends with 1 if any is lost.
"""

import argparse
import asyncio
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path
from random import Random

from bench.crowd import SEED, Member
from bench.load import PATIENCE_SECONDS, TOKEN, percentile
from bench.processes import HOST, cpu_milliseconds, family, served
from bench.surroundings import ROOT, commit, machine, postmaster, run, say
from tests.postgres import throwaway_cluster

# As the page's script tries again; each try that fails is an error.
WAITS = (1, 2, 4, 8, 15, 15)
KINDS = {"open": "the page opened", "answer": "an answer saved", "submit": "handed in and judged"}


@dataclass
class Told:
    """What the crowd met."""

    milliseconds: dict[str, list[float]] = field(default_factory=lambda: {one: [] for one in KINDS})
    errors: list[str] = field(default_factory=list)


class Crowd:
    """Everybody, on one thread."""

    def __init__(self, port: int, people: list[Member], *, pace: float, arrive: float) -> None:
        self._port = port
        self._arrive = arrive
        self._people = people
        self._pace = pace
        self._random = Random(SEED)  # the same rush every time
        self.told = Told()

    async def run(self) -> None:
        """Everybody comes within the time given for it, and then keeps the pace."""
        await asyncio.gather(
            *(self._one(who, self._random.uniform(0, self._arrive)) for who in self._people)
        )

    async def _one(self, who: Member, first: float) -> None:
        page = f"/prov/{who['attempt']}/"
        begin = time.monotonic() + first
        gaps = [self._random.uniform(0.5, 1.5) * self._pace for _ in who["answers"]]
        await self._sent("open", begin, who, "GET", page, "", HTTPStatus.OK)
        at = begin
        for number, (position, answer) in enumerate(who["answers"].items()):
            at += gaps[number]
            change = {
                "position": int(position),
                "choice": answer,
                "client_id": f"rush-{position}",
                "sequence": int(time.time() * 1000),
            }
            body = json.dumps(change)
            await self._sent("answer", at, who, "POST", f"{page}svar/", body, HTTPStatus.OK)
        at += self._random.uniform(0.5, 1.5) * self._pace
        await self._sent(
            "submit", at, who, "POST", f"{page}lamna-in/", "anyway=1", HTTPStatus.SEE_OTHER
        )

    async def _sent(
        self, kind: str, at: float, who: Member, method: str, path: str, body: str, status: int
    ) -> None:
        await asyncio.sleep(max(0.0, at - time.monotonic()))
        pressed = time.monotonic()
        for wait in WAITS:
            try:
                async with asyncio.timeout(PATIENCE_SECONDS):
                    answered = await self._ask(who, method, path, body)
            except (OSError, TimeoutError, ValueError) as error:
                self.told.errors.append(f"{kind}: {type(error).__name__}")
            else:
                if answered == status:
                    self.told.milliseconds[kind].append((time.monotonic() - pressed) * 1000)
                    return
                self.told.errors.append(f"{kind}: {answered}")
            await asyncio.sleep(wait)

    async def _ask(self, who: Member, method: str, path: str, body: str) -> int:
        reader, writer = await asyncio.open_connection(HOST, self._port)
        content = body.encode()
        kind = "application/json" if body[:1] == "{" else "application/x-www-form-urlencoded"
        lines = [
            f"{method} {path} HTTP/1.1",
            f"Host: {HOST}:{self._port}",
            "X-Forwarded-Proto: https",
            f"Cookie: {who['cookie']}",
            f"Origin: https://{HOST}:{self._port}",
            f"X-CSRFToken: {TOKEN}",
            f"Content-Type: {kind}",
            f"Content-Length: {len(content)}",
            "Connection: close",
        ]
        try:
            writer.write("\r\n".join(lines).encode() + b"\r\n\r\n" + content)
            await writer.drain()
            answer = await reader.read()
        finally:
            writer.close()
        return int(answer.split(b" ", 2)[1]) if answer.startswith(b"HTTP/1.1 ") else 0


def _answered(people: list[Member], count: int) -> list[Member]:
    """The first so many questions of each."""
    return [
        Member(
            cookie=who["cookie"],
            attempt=who["attempt"],
            answers=dict(list(who["answers"].items())[:count]),
        )
        for who in people
    ]


def _given() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.rush", description=__doc__)
    parser.add_argument("--people", type=int, default=500)
    parser.add_argument("--questions", type=int, default=20, help="of the quiz")
    parser.add_argument("--answers", type=int, default=3, help="that each gives in this run")
    parser.add_argument("--pace", type=float, default=30, help="seconds from answer to answer")
    parser.add_argument("--arrive", type=float, default=60, help="seconds until all have come")
    parser.add_argument("--workers", type=int, default=2, help="gunicorn processes")
    return parser.parse_args()


def main() -> int:
    """Load, rush, check, print."""
    given = _given()
    print(f"Measured on: {machine()}; commit {commit()}.")
    with ExitStack() as stack:
        folder = Path(tempfile.mkdtemp(prefix="kompetens-rush-"))
        stack.callback(shutil.rmtree, folder, ignore_errors=True)
        place = {
            "DATA_DIR": str(folder / "data"),
            "DATABASE_URL": stack.enter_context(throwaway_cluster()),
            "DJANGO_SETTINGS_MODULE": "bench.settings",
            "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "site")]),
        }
        say("Loading the demo city ...")
        run(place, "manage.py", "migrate", "--verbosity=0")
        run(place, "manage.py", "load_demo")
        run(place, "manage.py", "collectstatic", "--noinput", "--verbosity=0")
        say("Opening attempts ...")
        sizes = str(given.people), str(given.questions)
        people = json.loads(run(place, "-m", "bench.crowd", "plan", *sizes))
        crowd = _answered(people, given.answers)
        busy = ", ".join(f"{load:.1f}" for load in os.getloadavg())
        with served(place, given.workers) as (port, web):
            rush = Crowd(port, crowd, pace=given.pace, arrive=given.arrive)
            database = postmaster(place["DATABASE_URL"])
            before = _cpu(web, *database)
            began = time.monotonic()
            asyncio.run(rush.run())
            seconds = time.monotonic() - began
            used = _cpu(web, *database) - before
        kept = _checked(place, crowd)
    _print(given, rush.told, kept, seconds=seconds, cpu=used, busy=busy)
    return 1 if rush.told.errors or kept["lost"] or kept["open"] or kept["misjudged"] else 0


def _cpu(*pids: int) -> float:
    return cpu_milliseconds([one for pid in pids for one in family(pid)])


def _checked(place: dict[str, str], crowd: list[Member]) -> dict[str, int]:
    done = subprocess.run(
        [sys.executable, "-m", "bench.crowd", "check"],
        cwd=ROOT,
        env=os.environ | place,
        input=json.dumps(crowd),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    found: dict[str, int] = json.loads(done.stdout)
    return found


def _print(
    given: argparse.Namespace,
    told: Told,
    kept: dict[str, int],
    *,
    seconds: float,
    cpu: float,
    busy: str,
) -> None:
    requests = sum(len(one) for one in told.milliseconds.values())
    print(
        f"{given.people} people in a quiz of {given.questions} questions, all there within "
        f"{given.arrive:.0f} s, an answer every {given.pace:.0f} s each (half as long to half as "
        f"long again), {given.workers} gunicorn workers (sync), PostgreSQL. {seconds:.0f} s in "
        f"all, {requests / seconds:.0f} requests/s. Load of the machine when it began (1, 5, 15 "
        f"minutes): {busy}.\n"
    )
    print(
        "| what | requests | p50 ms | p95 ms | p99 ms | longest |\n|---|---:|---:|---:|---:|---:|"
    )
    for kind, title in KINDS.items():
        times = told.milliseconds[kind]
        if times:
            cells = (f"{percentile(times, percent):.0f}" for percent in (50, 95, 99, 100))
            print(f"| {title} | {len(times)} | {' | '.join(cells)} |")
    answers = given.people * given.answers
    print(
        f"\nErrors: {len(told.errors)}. Of {answers} answers {kept['lost']} lost; "
        f"{kept['open']} not handed in, {kept['misjudged']} misjudged. "
        f"{cpu / requests:.1f} CPU ms a request, the database's included: at this pace a core that "
        f"does nothing else and is never idle carries {given.pace * 1000 * requests / cpu:.0f} "
        f"people."
    )
    for error in sorted(set(told.errors)):
        print(f"- {error} ({told.errors.count(error)})")


if __name__ == "__main__":
    sys.exit(main())
