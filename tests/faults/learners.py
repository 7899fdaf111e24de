"""People who learn while everything breaks: each tries again until the answer says "saved"."""

import http.client
import json
import random
import re
import threading
import time
import uuid
from collections import Counter
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from tests.faults.prepare import PASSWORD

PATIENCE_SECONDS = 60.0  # with one request, all tries together
TRY_SECONDS = 12.0
PAUSE_SECONDS = 0.1
FIELDSET = re.compile(r'<fieldset[^>]*id="question-(\d+)".*?</fieldset>', re.DOTALL)

Answer = list[str] | dict[str, str]


class GivenUp(Exception):
    """No answer in all that time, or the drill is over."""


@dataclass
class Told:
    """What the program said was saved, and how often it had to be asked again."""

    # Every change of an answer in the order it was made, and those the program said were saved.
    changes: list[tuple[str, int, str, Answer]] = field(default_factory=list)
    answers: list[str] = field(default_factory=list)
    handed_in: list[str] = field(default_factory=list)
    jobs: dict[str, int] = field(default_factory=dict)
    requests: int = 0
    again: Counter[str] = field(default_factory=Counter)
    trouble: list[str] = field(default_factory=list)


@dataclass
class Site:
    """Where the program answers, and as what it is asked."""

    ports: list[int]
    host: str
    https: bool
    page: int
    key: list[tuple[str, Answer, list[str]]]
    cookie: str


class Learner(threading.Thread):
    """Logs in, begins the quiz, answers, hands in, begins a job; then the next account does."""

    def __init__(self, site: Site, accounts: list[str], told: Told, over: threading.Event) -> None:
        super().__init__(daemon=True)
        self.site, self.accounts, self.told, self.over = site, accounts, told, over
        self.jar: dict[str, str] = {}
        self._turn = random.Random(accounts[0])

    def run(self) -> None:
        """Until the accounts or the time run out."""
        for account in self.accounts:
            if self.over.is_set():
                return
            try:
                self._learn(account)
            except GivenUp as error:
                if not self.over.is_set():
                    self.told.trouble.append(f"{account}: {error}")
            except Exception as error:
                self.told.trouble.append(f"{account}: {type(error).__name__} {error}")

    def _learn(self, account: str) -> None:
        self.jar = {}
        self._ask("GET", "/logga-in/", (200,))
        form = {"username": account, "password": PASSWORD}
        self._ask("POST", "/logga-in/", (302,), form=form)
        self._ask("GET", "/min-utbildning/", (200,))
        begun = self._ask("POST", f"/larande/{self.site.page}/prov/", (302,), form={})
        quiz = begun.headers["Location"]
        attempt = quiz.strip("/").rpartition("/")[2]
        page = self._ask("GET", quiz, (200,)).text
        number = self._turn.randrange(1, 1_000_000)
        job = self._ask("POST", f"/drill/{number}/", (200,), form={}).json()["job"]
        self.told.jobs[job] = number
        for found in FIELDSET.finditer(page):
            self._answer(quiz, attempt, int(found[1]), found[0])
        self._ask("POST", f"{quiz}lamna-in/", (303,), form={"anyway": "1"})
        self.told.handed_in.append(attempt)
        self._ask("GET", f"{quiz}resultat/", (200,))

    def _answer(self, quiz: str, attempt: str, position: int, shown: str) -> None:
        """Wrong first, then right; the right one twice, as after an answer that never came."""
        right, options = next(
            (key, options)
            for text, key, options in self.site.key
            if text in shown and all(f'value="{one}"' in shown for one in options)
        )
        # What is answered in parts is first answered with none of them.
        wrong: Answer = [one for one in options if one not in right][:1] or type(right)()
        for choice, times in ((wrong, 1), (right, 2)):
            change: dict[str, Any] = {
                "position": position,
                "choice": choice,
                "client_id": uuid.uuid4().hex,
                "sequence": int(time.time() * 1000),
            }
            self.told.changes.append((attempt, position, change["client_id"], choice))
            for _ in range(times):
                self._ask("POST", f"{quiz}svar/", (200,), body=change)
            self.told.answers.append(change["client_id"])

    def _ask(
        self,
        method: str,
        path: str,
        expected: tuple[int, ...],
        *,
        form: dict[str, str] | None = None,
        body: dict[str, Any] | None = None,
    ) -> "Reply":
        """Ask one of the machines, another one each time, until it answers as it should."""
        until = time.monotonic() + PATIENCE_SECONDS
        said = ""
        while time.monotonic() < until and not self.over.is_set():
            try:
                reply = self._once(method, path, form, body)
            except (OSError, http.client.HTTPException) as error:
                said = type(error).__name__
            else:
                if reply.status in expected:
                    self.told.requests += 1
                    return reply
                said = str(reply.status)
                if reply.status < 500:
                    raise GivenUp(
                        f"{method} {path}: {reply.status} {reply.headers.get('Location')}"
                    )
            self.told.again[said] += 1
            self.over.wait(PAUSE_SECONDS)
        raise GivenUp(f"{method} {path}: {said}")

    def _once(
        self, method: str, path: str, form: dict[str, str] | None, body: dict[str, Any] | None
    ) -> "Reply":
        headers = {
            "Host": self.site.host,
            "Cookie": "; ".join(f"{n}={v}" for n, v in self.jar.items()),
        }
        if self.site.https:
            headers |= {"X-Forwarded-Proto": "https", "X-Forwarded-For": "127.0.0.1"}
        data = None
        if method == "POST":
            data = json.dumps(body) if body is not None else urlencode(form or {})
            kind = "application/json" if body is not None else "application/x-www-form-urlencoded"
            scheme = "https" if self.site.https else "http"
            headers |= {
                "Content-Type": kind,
                "X-CSRFToken": self.jar.get(self.site.cookie, ""),
                "Referer": f"{scheme}://{self.site.host}/",
            }
        link = http.client.HTTPConnection(
            "127.0.0.1", self._turn.choice(self.site.ports), timeout=TRY_SECONDS
        )
        try:
            link.request(method, path, data, headers)
            response = link.getresponse()
            text = response.read().decode()
        finally:
            link.close()
        for said in response.headers.get_all("Set-Cookie") or []:
            name, _sign, value = said.partition(";")[0].partition("=")
            self.jar[name] = value
        return Reply(response.status, dict(response.headers), text)


@dataclass
class Reply:
    """What came back."""

    status: int
    headers: dict[str, str]
    text: str

    def json(self) -> dict[str, Any]:
        """The text as JSON."""
        found: dict[str, Any] = json.loads(self.text)
        return found
