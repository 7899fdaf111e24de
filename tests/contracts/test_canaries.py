"""Names and keys stand only where they may: on every page, in every file, mail and log line.

The crawler finds addresses by itself, from the URL configuration and from links. Who may see whom
is worked out by the oracle of STATUS.md 6, not by the program.
"""

import logging
import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager

import pytest
import time_machine
from django.core import mail
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import include, path, reverse

from courses.h5p.store.models import H5PContent, H5PLibrary
from courses.pages.models import CoursePage, LessonPage
from quizzes.bank.models import Question
from tests.contracts.addresses import addresses
from tests.contracts.canaries import ORGANISATION, TRAINERS, Canaries, canary_city
from tests.contracts.canary_judge import BY_KEY, ORACLE, leaks_in
from tests.contracts.crawler import LEFT_ALONE, said_by, walk, without_what_differs
from tracking.ledger.models import Certificate
from tracking.organisation.models import Person, User
from tracking.scorecards.models import UndertakingReport
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
UNITS = [row.code for row in ORGANISATION.units]


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with time_machine.travel("2024-05-15 12:00:00+02:00", tick=False):
        yield


# Of whose things the addresses are walked: everybody who is protected, and two who are not.
OF_WHOM = [one.key for one in ORGANISATION.people if one.protected] + ["kollega", "nyckelperson"]
# A thing of each of them, by the address that it stands in.
OF_EACH = {
    "reports:person": "person",
    "reports:why": "person",
    "evidence:attendance_made": "attendance",
    "evidence:match": "waiting",
    "evidence:proof": "proof",
    "evidence:proof_decide": "paper",
    "exemptions:change": "exemption",
    "reminders:batch": "reminders",
}


def _starts(canaries: Canaries, *, admin: bool) -> list[str]:
    """Every address with things that are there, and what reports can be asked."""
    found = []
    for address in addresses():
        if address.path.startswith("/admin/") != admin or address.path.startswith(LEFT_ALONE):
            continue
        found.append(address.path)
        if address.name in OF_EACH:
            things = _things(canaries)[OF_EACH[address.name]]
            found += [reverse(address.name, args=[things[key]]) for key in OF_WHOM]
        if "999999" in address.path and admin:
            numbers = _numbers(address.route)
            found += [address.path.replace("999999", str(number)) for number in numbers]
    if admin:
        played = H5PContent.objects.get()
        found += [
            reverse("h5p_content", args=[played.public_id]),
            reverse("h5p_download", args=[played.public_id, 1]),
        ]
        return [*found, "/admin/?q=kan", "/admin/pages/search/?q=kan", "/admin/images/?q=kan"]
    for whose in OF_WHOM:
        why = reverse("reports:why", args=[canaries.people[whose].public_id])
        found.append(f"{why}?mal=T1")
    found += [
        reverse("learning:certificate", args=[one.public_id])
        for one in Certificate.objects.filter(completion__person=canaries.people["skyddad"])
    ]
    return [*found, *_of_scorecards(), *(one for unit in UNITS for one in _of_a_unit(unit))]


def _things(canaries: Canaries) -> dict[str, dict[str, str]]:
    keys = {key: str(who.public_id) for key, who in canaries.people.items()}
    return canaries.things | {"person": keys}


def _of_scorecards() -> Iterator[str]:
    yield reverse("scorecards:card", args=["SDN"])
    for said in UndertakingReport.objects.exclude(responsible=None):
        yield reverse("scorecards:report", args=["SDN", said.undertaking.public_id])
        yield reverse("scorecards:undertaking", args=[said.undertaking.public_id])


def _of_a_unit(unit: str) -> Iterator[str]:
    asked = f"enhet={unit}"
    yield from (f"/medarbetare/?{asked}", f"/uppfoljning/?{asked}")
    yield f"/uppfoljning/mal/?mal=T1&{asked}"
    yield from (f"/paminnelser/{page}/?{asked}" for page in ("forhandsgranska", "skickade"))
    yield from (f"/paminnelser/kommande/?{asked}", f"/medarbetare/undantag/?{asked}")
    yield f"/medarbetare/narvaro/?{asked}&kurs=KURS&datum=2024-05-01"
    parts = ("", "&del=alla", "&del=raknas", "&del=forsenad", "&del=utanfor")
    yield from (f"/uppfoljning/redovisning/?mal=T1&{asked}{part}" for part in parts)
    between = f"{asked}&jamfor=2020-06-01&datum=2024-03-31"
    yield f"/uppfoljning/jamforelse/?{between}"
    for cause in Cause if unit == "EB" else [Cause.COMPLETED_LATE]:
        yield f"/uppfoljning/jamforelse/personer/?{between}&mal=T1&orsak={cause}"
    yield from (f"/medarbetare/export/{form}/?{asked}" for form in ("csv", "xlsx"))
    yield f"/medarbetare/?{asked}&sortera=-T1&datum=2023-01-01&forsenade=on"
    yield from (f"/medarbetare/?{asked}&mal=T1&status={status}" for status in ("klar", "forsenad"))
    yield from (f"/medarbetare/?{asked}&grupp=enhet", f"/medarbetare/?{asked}&vy=matris")
    if unit in {"STAD", "EB"}:  # a page that is set takes long
        yield f"/medarbetare/export/pdf/?{asked}"
        yield from (f"/uppfoljning/export/{form}/?{asked}" for form in ("pdf", "docx"))


def _numbers(route: str) -> list[int]:
    if "users/" in route:
        return list(User.objects.values_list("pk", flat=True))
    if "h5p" in route:
        return list(H5PLibrary.objects.values_list("pk", flat=True))
    if "question" in route:
        return list(Question.objects.values_list("pk", flat=True)[:1])
    pages = CoursePage if "course" in route else LessonPage
    return [
        *CoursePage.objects.values_list("pk", flat=True),
        *pages.objects.values_list("pk", flat=True)[:1],
    ]


# Two tests share what one would do, so that they can run beside each other.
@pytest.mark.parametrize("readers", [READERS[::2], READERS[1::2]], ids=["some", "the others"])
def test_nobody_is_given_away_on_the_pages_and_in_the_files(
    readers: tuple[str, ...], caplog: pytest.LogCaptureFixture
) -> None:
    canaries = canary_city()
    starts, leaks, logged = _starts(canaries, admin=False), [], []
    with caplog.at_level(logging.INFO):
        for reader in readers:
            client = Client(raise_request_exception=False)
            client.force_login(canaries.account(reader))
            answers = list(walk(client, starts, most=10))
            leaks += leaks_in(canaries, reader, [(one.address, one.text) for one in answers])
            assert [one.address for one in answers if one.status >= 500] == [], reader
            # The walk has been where the reader's own name stands.
            seen = set().union(*(canaries.given_away_in(one.text) for one in answers))
            expected = {one.key for one in ORGANISATION.people if _shown(reader, one.key)}
            assert expected <= seen, reader
            mine = said_by(client.post(reverse("privacy:mine_as_file", args=["json"])))
            leaks += leaks_in(canaries, reader, [("own data", mine)])
            # What they wrote in what plays is told to them, and was told to nobody before.
            assert [one for one in canaries.written[reader] if one not in mine] == []
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
        answers = list(walk(client, _starts(canaries, admin=True), most=50))
    leaks = leaks_in(canaries, reader, [(one.address, one.text) for one in answers])
    assert not leaks, "\n".join(leaks[:40])
    seen = set().union(*(canaries.given_away_in(one.text) for one in answers))
    # The walk has been where the admin says who did what.
    assert "utbildare" in seen
    assert sum(one.status == 200 for one in answers) > 40
    mails = [f"{m.subject}\n{m.body}\n{getattr(m, 'alternatives', '')}" for m in mail.outbox]
    assert mails
    assert not leaks_in(canaries, "utbildare", [("mail", text) for text in mails])


def leak(_request: HttpRequest) -> HttpResponse:
    return HttpResponse(", ".join(who.full_name for who in Person.objects.all()))


urlpatterns = [path("lacka/", leak), path("", include("config.urls"))]


@override_settings(ROOT_URLCONF=__name__)
def test_a_leak_is_found_by_itself() -> None:
    canaries = canary_city()
    client = Client()
    client.force_login(canaries.account("kollega"))
    starts = [address for address in _starts(canaries, admin=False) if address.startswith("/l")]
    answers = [(one.address, one.text) for one in walk(client, starts, most=5)]
    protected = [one.key for one in ORGANISATION.people if one.protected]
    found = leaks_in(canaries, "kollega", answers)
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
