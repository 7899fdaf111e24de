"""Names and keys stand only where they may: on every page, in every file, mail and log line.

The crawler finds addresses by itself, from the URL configuration and from links. Who may see whom
is worked out by the oracle of STATUS.md 6, not by the program.
"""

import logging
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager

import pytest
import time_machine
from django.core import mail
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import include, path

from courses.pages.models import CoursePage, LessonPage
from quizzes.bank.models import Question
from tests.contracts.addresses import SAMPLES, addresses
from tests.contracts.canaries import ORGANISATION, TRAINERS, Canaries, canary_city
from tests.contracts.crawler import LEFT_ALONE, said_by, walk, without_what_differs
from tests.tracking.organisation.rights_oracle import Oracle
from tracking.ledger.models import Certificate
from tracking.organisation.models import Person, User
from tracking.status.compare.causes import Cause

pytestmark = pytest.mark.django_db

# One of each kind: more of the same would only take longer.
READERS = (
    "chef",
    "stallforetradare",
    "stadsdelschef",
    "kollega",
    "skyddad",
    "skyddad-chef",
    "utforarchef",
    "nyckelperson",
    "samordnare",
    "revisor",
    "avgangen",
)
UUIDS = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
ORACLE = Oracle(ORGANISATION)
BY_KEY = {one.key: one for one in ORGANISATION.people}
UNITS = [row.code for row in ORGANISATION.units]


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with time_machine.travel("2024-05-15 12:00:00+02:00", tick=False):
        yield


def _leaks(canaries: Canaries, reader: str, answers: Iterable[tuple[str, str]]) -> list[str]:
    """Where somebody is given away to a reader who may not see them."""
    return [
        f"{reader} {address}: {whose} {strings}"
        for address, text in answers
        for whose, strings in canaries.given_away_in(_but_asked(address, text)).items()
        if not _may_stand(canaries, reader, whose, strings, address)
    ]


def _but_asked(address: str, text: str) -> str:
    """Without the address itself: that one asked for it says nothing of who is there."""
    path = address.partition("?")[0]
    for own in (address, path, *UUIDS.findall(path), path.strip("/").rpartition("/")[2]):
        text = text.replace(own, "") if own else text
    return text


def _may_stand(
    canaries: Canaries, reader: str, whose: str, strings: list[str], address: str
) -> bool:
    """Whom a duty shows; and of others, unless protected, no more than their name: fellow trainers,
    who did what in the log an auditor reads, and accounts to who keeps them.
    """
    if reader in BY_KEY and ORACLE.sees(BY_KEY[reader], BY_KEY[whose]):
        return True
    if BY_KEY[whose].protected:
        return False
    names = set(strings) <= set(canaries.names[whose])
    if reader == "revisor" and address.startswith("/granskningslogg/"):
        return names
    if reader in TRAINERS:
        return names and whose in TRAINERS
    return reader == "administrator" and set(strings) <= {
        *canaries.names[whose],
        canaries.others[whose][0],
    }


def _starts(*, admin: bool) -> list[str]:
    """Every address with things that are there, and what reports can be asked."""
    things = {
        "person": [str(who.public_id) for who in Person.objects.all()],
        "certificate": [str(one.public_id) for one in Certificate.objects.all()[:5]],
    }
    found = []
    for address in addresses():
        if address.path.startswith("/admin/") != admin or address.path.startswith(LEFT_ALONE):
            continue
        found.append(address.path)
        of = address.name.rpartition(":")[2]
        found += [address.path.replace(SAMPLES["uuid"], one) for one in things.get(of, ())]
        if of == "why":
            people = things["person"]
            found += [f"{address.path.replace(SAMPLES['uuid'], one)}?mal=T1" for one in people]
        if "999999" in address.path:
            numbers = _numbers(address.route)
            found += [address.path.replace("999999", str(number)) for number in numbers]
    if admin:
        return [*found, "/admin/?q=kan", "/admin/pages/search/?q=kan", "/admin/images/?q=kan"]
    for unit in UNITS:
        asked = f"enhet={unit}"
        found += [f"/medarbetare/?{asked}", f"/uppfoljning/?{asked}"]
        found += [f"/uppfoljning/mal/?mal=T1&{asked}"]
        found += [f"/uppfoljning/likstallighet/?mal=T1&{asked}"]
        parts = ("", "&del=alla", "&del=raknas", "&del=forsenad", "&del=utanfor")
        found += [f"/uppfoljning/redovisning/?mal=T1&{asked}{part}" for part in parts]
        between = f"{asked}&jamfor=2020-06-01&datum=2024-03-31"
        found += [f"/uppfoljning/jamforelse/?{between}"]
        found += [
            f"/uppfoljning/jamforelse/personer/?{between}&mal=T1&orsak={cause}" for cause in Cause
        ]
        found += [f"/medarbetare/export/{form}/?{asked}" for form in ("csv", "xlsx")]
        found += [f"/medarbetare/?{asked}&sortera=-T1&datum=2023-01-01&forsenade=on"]
    return found


def _numbers(route: str) -> list[int]:
    if "users/" in route:
        return list(User.objects.values_list("pk", flat=True))
    if "question" in route:
        return list(Question.objects.values_list("pk", flat=True)[:1])
    pages = CoursePage if "course" in route else LessonPage
    return [
        *CoursePage.objects.values_list("pk", flat=True),
        *pages.objects.values_list("pk", flat=True)[:1],
    ]


def test_nobody_is_given_away_on_the_pages_and_in_the_files(
    caplog: pytest.LogCaptureFixture,
) -> None:
    canaries = canary_city()
    starts, leaks, logged = _starts(admin=False), [], []
    with caplog.at_level(logging.INFO):
        for reader in READERS:
            client = Client(raise_request_exception=False)
            client.force_login(canaries.account(reader))
            answers = [(one.address, one.text) for one in walk(client, starts, most=10)]
            leaks += _leaks(canaries, reader, answers)
            # The walk has been where the reader's own name stands.
            seen = set().union(*(canaries.given_away_in(text) for _at, text in answers))
            expected = {one.key for one in ORGANISATION.people if _shown(reader, one.key)}
            assert expected <= seen, reader
        logged = [record.getMessage() for record in caplog.records]
    assert not leaks, "\n".join(leaks[:40])
    assert [line for line in logged if canaries.given_away_in(line)] == []


def _shown(reader: str, whose: str) -> bool:
    """Whether some page must show them: themself, and whom a duty opens."""
    return ORACLE.sees(BY_KEY[reader], BY_KEY[whose]) and bool(ORACLE.works(BY_KEY[whose]))


@pytest.mark.parametrize("reader", [TRAINERS[0], "administrator"])
def test_the_admin_gives_nobody_away(
    reader: str,
    caplog: pytest.LogCaptureFixture,
    django_capture_on_commit_callbacks: Callable[..., AbstractContextManager[object]],
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        canaries = canary_city()
    client = Client(raise_request_exception=False)
    client.force_login(
        User.objects.get(username="administrator")
        if reader == "administrator"
        else canaries.account(reader)
    )
    with caplog.at_level(logging.INFO):
        answers = list(walk(client, _starts(admin=True), most=50))
    leaks = _leaks(canaries, reader, [(one.address, one.text) for one in answers])
    assert not leaks, "\n".join(leaks[:40])
    seen = set().union(*(canaries.given_away_in(one.text) for one in answers))
    # The walk has been where the admin says who did what.
    assert "utbildare" in seen
    assert sum(one.status == 200 for one in answers) > 40
    mails = [f"{m.subject}\n{m.body}\n{getattr(m, 'alternatives', '')}" for m in mail.outbox]
    assert mails
    assert not _leaks(canaries, "utbildare", [("mail", text) for text in mails])


def leak(_request: HttpRequest) -> HttpResponse:
    return HttpResponse(", ".join(who.full_name for who in Person.objects.all()))


urlpatterns = [path("lacka/", leak), path("", include("config.urls"))]


@override_settings(ROOT_URLCONF=__name__)
def test_a_leak_is_found_by_itself() -> None:
    canaries = canary_city()
    client = Client()
    client.force_login(canaries.account("kollega"))
    starts = [address for address in _starts(admin=False) if address.startswith("/l")]
    answers = [(one.address, one.text) for one in walk(client, starts, most=5)]
    protected = [one.key for one in ORGANISATION.people if one.protected]
    found = _leaks(canaries, "kollega", answers)
    given_away = [key for key in protected if any(f"/lacka/: {key} " in one for one in found)]
    assert given_away == protected


def test_a_search_for_somebody_who_may_not_be_seen_says_what_a_search_for_nobody_does() -> None:
    canaries = canary_city()
    hidden = canaries.people["skyddad"]
    for reader in ("stadsdelschef", "samordnare"):
        client = Client()
        client.force_login(canaries.account(reader))
        for asked in ("namn", "befattning", "underenhet", "sortera"):
            for given in (hidden.first_name, *canaries.others["skyddad"][:3]):
                of_nobody = re.sub(r"\w", "x", given)
                said, nothing = (
                    said_by(client.get("/medarbetare/", {"enhet": "EB", asked: one}))
                    for one in (given, of_nobody)
                )
                assert without_what_differs(said, given) == without_what_differs(nothing, of_nobody)
