"""On random organisations every address answers every role as an oracle of STATUS.md 6 says.

Whoever asks, for whosever person's page, unit, attempt, certificate, job, file or export: the
status, the people named, and of the files every row.
"""

import csv
import io
from collections import defaultdict
from collections.abc import Iterator
from itertools import cycle
from typing import NamedTuple

import openpyxl
import time_machine
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.extra.django import TestCase

from quizzes.attempts.models import Answer, Attempt
from tests.contracts.addresses import addresses
from tests.contracts.crawler import said_by
from tests.contracts.pages_oracle import HIDDEN, Pages, Said
from tests.contracts.random_city import (
    ADMINISTRATOR,
    ALWAYS,
    Plan,
    RandomCity,
    is_rich,
    laid,
    plans,
)
from tests.tracking.organisation.random_organisations import NOWHERE, TODAY, YESTERDAY
from tests.tracking.organisation.rights_oracle import Organisation, UnitRow
from tracking.organisation.models import Person, User

# Addresses with a thing in them that is nobody's own.
NOBODYS = {
    "learning:start": "a course",
    "learning:reach": "a screen of a lesson",
    "learning:quiz": "a course's quiz",
    "learning:lesson_quiz": "a lesson's quiz",
    # Whose launch it is: tests/courses/h5p/results/test_views.py.
    "h5p:statements": "a launch, by its secret address",
    "h5p:state": "a launch, by its secret address",
    "privacy:erase": "a kind of one's own data",
    "local:write": "what a district has written in a lesson",
    "feedback:give": "the questions after a course, for who has completed it",
    "components:group": "a part of the catalogue of components",
    "quizzes:check": "a question of a lesson",
    "accessibility:thanks": "the number of a report, for who has its secret address",
    "imports:made": "an import, for who brings files in",
    "imports:try-undoing": "an import",
    "imports:undo": "an import",
    "quality:import": "an import, for who answers for the data",
    "quality:list": "a kind of finding",
    "evidence:certificate_page": "a certificate's number, for whoever is shown the paper",
    # Who may read, write and sign whose: tests/tracking/scorecards/test_rights.py.
    "scorecards:card": "a committee's scorecard",
    "scorecards:report": "a committee's scorecard",
    "scorecards:comment": "a committee's scorecard",
    "scorecards:copy": "a committee's scorecard",
    "scorecards:add_own": "a committee's scorecard",
    "scorecards:sign": "a committee's scorecard",
    "scorecards:reopen": "a committee's scorecard",
    "scorecards:version": "a committee's scorecard",
    "scorecards:file": "a committee's scorecard",
    "scorecards:city_file": "the city's compilation",
    "scorecards:period": "a reporting period",
    "scorecards:undertaking": "an undertaking",
    "scorecards:change": "an undertaking",
    "publication:page": "a period, for who follows up the whole city",
    "publication:download": "a period, for who follows up the whole city",
    "publication:make": "a period, for who closes periods",
    "programme:target": "a target, for who answers for others' knowledge or follows it up",
    "programme:change": "a target",
    "programme:end": "a target",
    "api:nothing": "no address of the API",
    "media": "a picture of a lesson",
    "h5p:preview": "a content, which every trainer may try",
    "h5p:frame": "a version, by a signed address",
    "h5p:content": "a version's file, by a signed address",
    "h5p:library": "a file of an approved library",
    "wagtail_serve": "a page of a course",
    "wagtailcore_authenticate_with_password": "a page of a course",
}
# Where who is named turns on more than rights: nobody else may stand there, not all need to.
SAID_OF_SOME = {"privacy:log", "evidence:match"}
PARTS = 3
# What fails is said whole, so nothing is gained by looking for something smaller.
ON_RICH_CITIES = settings(
    max_examples=1,
    deadline=None,
    derandomize=True,
    phases=(Phase.generate,),
    suppress_health_check=list(HealthCheck),
)
METHODS = ("head", "post", "put", "patch", "delete")
ANSWER = {"position": 1, "choice": [], "client_id": "flik", "sequence": 1}


class Asked(NamedTuple):
    """An address with somebody's thing in it, how it is asked for, and what is to be said."""

    name: str
    argument: object
    said: Said
    method: str = "get"

    @property
    def path(self) -> str:
        if self.argument is None:
            return reverse(self.name)
        args = self.argument if isinstance(self.argument, tuple) else (self.argument,)
        return reverse(self.name, args=args)


def asked_of(city: RandomCity, pages: Pages, reader: str) -> Iterator[Asked]:
    """Every address × everybody's page, and × one's own and somebody else's of what is private."""
    for whose, who in city.people.items():
        yield Asked("reports:person", who.public_id, pages.person(reader, whose))
        yield Asked("reports:why", who.public_id, pages.why(reader, whose))
        exemption = city.more["exemption"][whose]
        yield Asked("exemptions:change", exemption, pages.exemption(reader, whose))
        bounce, row = city.more["bounce"][whose], city.more["waiting"][whose]
        paper, given = city.more["paper"][whose], city.more["delegation"][whose]
        yield Asked("delegation:end", given, pages.delegation(reader, whose), "post")
        yield Asked("evidence:proof_decide", paper, pages.paper(reader, whose))
        yield Asked("evidence:proof_picture", (paper, 1), pages.picture(reader, whose))
        yield Asked("reminders:works", bounce, pages.bounce(reader, whose), "post")
        yield Asked("evidence:match", row, pages.waiting(reader, whose))
    keys = list(city.users)
    for whose in (reader, keys[(keys.index(reader) + 1) % len(keys)]):
        yield from _private(city, pages, reader, whose)
    yield Asked("privacy:mine_as_file", "json", pages.own_data(reader), "post")
    yield Asked("privacy:log", None, pages.log(reader))
    yield Asked("privacy:concerning_me", None, Said(200))
    yield Asked("jobs:mine", None, Said(200))


def _private(city: RandomCity, pages: Pages, reader: str, whose: str) -> Iterator[Asked]:
    own = (reader, whose)
    if whose in city.certificates:
        yield Asked("learning:certificate", city.certificates[whose], pages.own(*own))
        yield Asked("evidence:certificate_pdf", city.certificates[whose], pages.own(*own))
        proof = city.more["proof"][whose]
        yield Asked("evidence:proof", proof, pages.own(*own))
        yield Asked("evidence:proof_withdraw", proof, pages.own(*own, 303), "post")
    attempt, job = city.attempts[whose], city.jobs[whose]
    yield Asked("quizzes:take", attempt, pages.own(*own))
    yield Asked("quizzes:result", attempt, pages.own(*own, 302))
    yield Asked("quizzes:save", attempt, pages.own(*own), "post")
    yield Asked("quizzes:submit", attempt, pages.own(*own, 303), "post")
    yield Asked("jobs:page", job, pages.job(*own))
    yield Asked("jobs:state", job, pages.job(*own))
    yield Asked("jobs:result", job, pages.file(*own))
    yield Asked("jobs:errors", job, pages.file(*own))
    yield Asked("jobs:cancel", job, pages.own(*own, 302), "post")
    said = pages.own(*own, 302) if pages.may_import(reader) else Said(403)
    yield Asked("imports:apply", city.files[whose], said, "post")
    for page, status in (("draft", 200), ("review", 302), ("people", 404)):
        said = pages.own(*own, status) if pages.may_import(reader) else Said(403)
        yield Asked(f"programme:{page}", city.drafts[whose], said)
    attendance, more = city.more["attendance"][whose], city.more
    yield Asked("evidence:attendance_made", attendance, pages.attendance(*own))
    taken_back = pages.attendance(*own, 303)
    yield Asked("evidence:attendance_withdraw", attendance, taken_back, "post")
    yield Asked("evidence:match_undo", more["match"][whose], pages.match(reader), "post")
    yield Asked("evidence:match_take_up", "999999", pages.match(reader), "post")
    yield Asked("evidence:certificate_restore", "999999", pages.match(reader, 404), "post")
    yield Asked("reminders:batch", more["reminders"][whose], pages.reminders(*own))
    ends = reader in (whose, ADMINISTRATOR)
    yield Asked("api_pages:revoke", city.keys[whose], Said(302 if ends else 404), "post")


class TestRandomCities(TestCase):
    """The readers in three parts, each on organisations of its own."""

    @ON_RICH_CITIES
    @given(plans().filter(is_rich))
    def test_a_third_of_the_readers(self, plan: Plan) -> None:
        ask(plan, 0)

    @ON_RICH_CITIES
    @given(plans().filter(is_rich))
    def test_another_third(self, plan: Plan) -> None:
        ask(plan, 1)

    @ON_RICH_CITIES
    @given(plans().filter(is_rich))
    def test_the_last_third(self, plan: Plan) -> None:
        ask(plan, 2)


def ask(plan: Plan, part: int) -> None:
    """Every third of those who are there asks for everything."""
    with time_machine.travel("2024-05-15 12:00:00+02:00", tick=False):
        city, pages = laid(plan), Pages(plan)
        readers = list(city.users)[part::PARTS]
        wrong: list[str] = []
        for reader in readers:
            browser = Browser(city, reader)
            if reader in plan.shut_out:
                wrong += browser.only_the_log_in(asked_of(city, pages, reader))
            else:
                wrong += browser.things(asked_of(city, pages, reader))
                wrong += browser.units(pages)
        assert not wrong, "\n".join(wrong[:30])
        let_in = {city.users[reader].pk for reader in readers if reader not in plan.shut_out}
        handed_in = Attempt.objects.exclude(submitted_at=None)
        assert set(handed_in.values_list("user_id", flat=True)) == let_in
        assert Answer.objects.count() == len(let_in)


class Browser:
    """Somebody who asks; every method gives what was said otherwise than it had to be."""

    def __init__(self, city: RandomCity, reader: str) -> None:
        self.city, self.reader = city, reader
        self.client = Client(raise_request_exception=False)
        self.client.force_login(city.users[reader])

    def ask(self, path: str, method: str = "get", name: str = "") -> HttpResponse:
        if name == "quizzes:save":
            return self.client.post(path, ANSWER, content_type="application/json")
        body = {"anyway": "1"} if name == "quizzes:submit" else None
        found: HttpResponse = getattr(self.client, method)(path, body)
        return found

    def only_the_log_in(self, asked: Iterator[Asked]) -> list[str]:
        """Whose account is closed is a stranger, whatever their session once was."""
        answers = [(one, self.ask(one.path, one.method, one.name)) for one in asked]
        return [
            f"{self.reader} (closed) {one.path}: {answer.status_code}"
            for one, answer in answers
            if not answer.headers.get("Location", "").startswith(reverse("login"))
        ]

    def things(self, asked: Iterator[Asked]) -> list[str]:
        wrong, others = [], dict[str, Asked]()
        for one in asked:
            answer = self.ask(one.path, one.method, one.name)
            wrong += self.compared(one.path, one.said, answer, exact=one.name not in SAID_OF_SOME)
            if one.said.status == 404:
                others[one.name] = one
        # Of what is somebody else's one of each, by some other method.
        for one, method in zip(others.values(), cycle(METHODS)):
            status = getattr(self.client, method)(one.path).status_code
            # What can't be read is refused before anybody looks whose it is; a row that waits no
            # more, or never was, leads back to the list.
            if status not in {400, 404, 405} and one.name != "evidence:match":
                wrong.append(f"{self.reader} {method} {one.path}: {status}")
        return wrong

    def compared(
        self, path: str, said: Said, answer: HttpResponse, *, exact: bool = True
    ) -> list[str]:
        """What an answer says otherwise: its status, and whom it names beside the reader."""
        text = said_by(answer)
        named = {key for key in self.city.people if f"Efter{key}q" in text} - {self.reader}
        keys = {k for k, who in self.city.people.items() if str(who.public_id) in text}
        expected = said.names - {self.reader}
        right = named == expected if exact else named <= expected
        own_address = {key for key in keys if str(self.city.people[key].public_id) in path}
        known = keys - {self.reader} - own_address <= expected
        if answer.status_code == said.status and right and known:
            return []
        found = f"{answer.status_code} {sorted(named)}, keys of {sorted(keys)}"
        return [f"{self.reader} {path}: {found}, not {said.status} {sorted(expected)}"]

    def units(self, pages: Pages) -> list[str]:
        """Every report of every unit, in turn of today as csv and of the day before as workbook."""
        wrong: list[str] = []
        reader = self.reader
        units = [*(row.code for row in pages.plan.organisation.units), NOWHERE]
        for unit, (day, form) in zip(units, cycle(((TODAY, "csv"), (YESTERDAY, "xlsx")))):
            said = pages.overview(reader, unit)
            path = f"{reverse('reports:overview')}?enhet={unit}"
            wrong += self.compared(path, said, self.ask(path))
            said = pages.staff(reader, unit, day)
            asked = f"?enhet={unit}&datum={day}"
            path = reverse("reports:staff") + asked
            page = self.ask(path)
            wrong += self.compared(path, said, page)
            hidden = sum(name == HIDDEN for name, _unit in said.rows)
            if said.status == 200 and said_by(page).count(HIDDEN) != hidden:
                wrong.append(f"{reader} {path}: not {hidden} protected rows")
            wrong += self.file(reverse("reports:staff_export", args=[form]) + asked, said)
        return wrong

    def file(self, path: str, said: Said) -> list[str]:
        """The file's rows, and the number of those left out; asked for in vain it leads back."""
        answer = self.ask(path)
        away = Said(302) if said.status == 400 else said
        wrong = self.compared(path, away, answer)
        if wrong or answer.status_code != 200:
            return wrong
        rows = _rows(answer)[1:]
        left_out = [f"och {said.outside} person{'er' * (said.outside > 1)} utanför din behörighet"]
        expected = [*said.rows, *((one, "") for one in left_out if said.outside)]
        if _pairs(rows) == expected:
            return []
        return [f"{self.reader} {path}: {_pairs(rows)}, not {expected}"]


def _pairs(rows: list[list[str]]) -> list[tuple[str, str]]:
    """Name and unit of each row, those named sorted as plain text."""
    found = [(row[0], row[2] if len(row) > 2 else "") for row in rows]
    named = sorted(one for one in found if one[0].startswith("För"))
    return named + [one for one in found if not one[0].startswith("För")]


def _rows(answer: HttpResponse) -> list[list[str]]:
    if answer.headers["Content-Type"].startswith("text/csv"):
        text = answer.content.decode("utf-8-sig")
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=";", strict=True))
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).worksheets[0]
    return [[str(value or "") for value in row] for row in sheet.iter_rows(values_only=True)]


# Of a unit, asked for like its page.
PAGES = ("staff", "overview", "target", "account", "equality")
EXPORTS = {f"reports:{page}_export" for page in PAGES}


def test_every_address_with_a_thing_in_it_is_asked_for() -> None:
    with_a_thing = {
        one.name
        for one in addresses()
        if "<" in one.route or "(" in one.route
        if not one.route.startswith("admin/")
    }
    two = {ADMINISTRATOR: "", "annan": ""}
    users = {key: User() for key in two}
    more = defaultdict[str, dict[str, str]](lambda: two)
    city = RandomCity({"annan": Person()}, users, two, two, two, two, two, two, more)
    plan = Plan(Organisation(TODAY, (UnitRow("U0", "", ALWAYS),)), frozenset(), {})
    asked = {
        one.name for one in asked_of(city, Pages(plan), ADMINISTRATOR) if one.argument is not None
    }
    assert with_a_thing - set(NOBODYS) == asked | EXPORTS
