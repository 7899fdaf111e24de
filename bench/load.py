"""Several people at once: each sends, waits for the answer, and sends again. It always ends."""

import http.client
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TypedDict

from bench.middleware import HEADER
from bench.processes import HOST

PATIENCE_SECONDS = 60
# Cookie and header of a browser agree on one; which is the browser's business.
TOKEN = "bench0bench0bench0bench0bench000"


class Sent(TypedDict):
    """A request from somebody's browser, that is to be answered with `status`."""

    method: str
    path: str
    cookie: str
    body: str
    status: int


class Page(TypedDict):
    """A kind of page: what each connection sends, in turn; `once`: and not over again."""

    name: str
    queries: int
    once: bool
    connections: list[list[Sent]]


@dataclass(slots=True)
class Answers:
    """What came back: a millisecond figure and a size for each request, and what it took in all."""

    seconds: float = 0
    milliseconds: list[float] = field(default_factory=list)
    sizes: list[int] = field(default_factory=list)
    inside: list[float] = field(default_factory=list)  # CPU milliseconds, as the answer says it
    own_cpu: float = 0  # milliseconds that asking took here


class Load:
    """The connections of a page, to one server."""

    def __init__(self, port: int, page: Page) -> None:
        self._port = port
        self._page = page
        self._sent = [0] * len(page["connections"])
        self._failure: Exception | None = None

    def run(self, *, requests: int, seconds: float) -> Answers:
        """Until so many requests have been answered, or so many seconds have passed.

        Raises RuntimeError when a page answers anything but what it should.
        """
        answers = Answers()
        share = max(1, requests // len(self._sent))
        until = time.monotonic() + seconds
        threads = [
            threading.Thread(target=self._connection, args=(number, share, until, answers))
            for number in range(len(self._sent))
        ]
        began, cpu = time.monotonic(), time.process_time()
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        answers.seconds = time.monotonic() - began
        answers.own_cpu = (time.process_time() - cpu) * 1000
        if self._failure:
            raise self._failure
        return answers

    def _connection(self, number: int, share: int, until: float, answers: Answers) -> None:
        connection = http.client.HTTPConnection(HOST, self._port, timeout=PATIENCE_SECONDS)
        queue = self._page["connections"][number]
        try:
            for _ in range(share):
                if self._failure or time.monotonic() >= until:
                    break
                if self._page["once"] and self._sent[number] >= len(queue):
                    break
                self._ask(connection, queue[self._sent[number] % len(queue)], answers)
                self._sent[number] += 1
        except (OSError, http.client.HTTPException, RuntimeError) as error:
            self._failure = error
        finally:
            connection.close()

    def _ask(self, connection: http.client.HTTPConnection, sent: Sent, answers: Answers) -> None:
        began = time.perf_counter()
        # A server that keeps no connection open costs a new one each time, and that is counted.
        connection.request(sent["method"], sent["path"], sent["body"], self._headers(sent))
        response = connection.getresponse()
        content = response.read()
        took = (time.perf_counter() - began) * 1000
        if response.status != sent["status"]:
            raise RuntimeError(f"{sent['method']} {sent['path']} answered {response.status}.")
        answers.milliseconds.append(took)
        answers.sizes.append(len(content))
        answers.inside.append(float(response.headers[HEADER]))

    def _headers(self, sent: Sent) -> dict[str, str]:
        headers = {
            "X-Forwarded-Proto": "https",  # as the proxy in front says it
            "Accept-Encoding": "gzip",
            "Accept-Language": "sv",
        }
        if sent["cookie"]:
            headers["Cookie"] = sent["cookie"]
        if sent["method"] == "POST":
            headers |= {
                "Origin": f"https://{HOST}:{self._port}",
                "X-CSRFToken": TOKEN,
                "Content-Type": "application/json",
            }
        return headers


def percentile(milliseconds: Sequence[float], percent: int) -> float:
    """The time that so many per cent of the requests took at most."""
    ordered = sorted(milliseconds)
    return ordered[max(0, -(-len(ordered) * percent // 100) - 1)]
