"""No address sends anybody elsewhere, or offers a way there, because the address asked it to."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from urllib.parse import urlencode

import pytest
from django.http import HttpResponse
from django.test import Client

from tests.contracts.addresses import Address
from tests.contracts.crawler import said_by
from tests.contracts.small_city import City, small_city
from tests.contracts.test_permission_matrix import OWN, TABLE, path_of
from tests.hostile import ELSEWHERE, UNSAYABLE
from tests.hostile import OWN as STRINGS
from tests.quizzes.makers import make_question
from tracking.organisation.models import User

pytestmark = pytest.mark.django_db

# Every name by which a program has been told where to go: ours, Django's, Wagtail's, allauth's.
NAMES = (
    *("next", "next_page", "next_url", "return", "return_to", "return_url", "returnTo", "goto"),
    *("redirect", "redirect_to", "redirect_uri", "redirect_url", "url", "uri", "target", "to"),
    *(
        "back",
        "from",
        "page",
        "sida",
        "tillbaka",
        "vidare",
        "RelayState",
        "state",
        "continue",
        "dest",
    ),
)
MARK = "//evil.example/markerad/"
LEADING = {"href", "action", "formaction", "src", "data", "poster", "http-equiv", "content"}
PASSWORD = "fyra ord utan samband"


def leads_away(address: str) -> bool:
    """Whether a browser at our site would leave it, or run something. As the URL standard reads:
    white space and control characters around are dropped, tabs and line breaks within too, and a
    backslash is a slash.
    """
    read = re.sub(r"[\t\r\n]", "", address.strip("".join(map(chr, range(33))))).replace("\\", "/")
    if read.casefold().startswith("http://testserver/") or read.casefold() == "http://testserver":
        return False
    return read.startswith("//") or re.match(r"[a-z][a-z0-9+.-]*:", read, re.I) is not None


class Ways(HTMLParser):
    """Every address a page leads to by itself or at a click."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if value and (name in LEADING or re.fullmatch(r"data-[\w-]*url[\w-]*", name)):
                self.found.append(value)


def wrong_in(answer: HttpResponse, given: str) -> list[str]:
    """Where an answer leads away, and was told so by what was given."""
    location = answer.headers.get("Location", "")
    found = [location] if leads_away(location) else []
    if not answer.streaming and answer.headers.get("Content-Type", "").startswith("text/html"):
        ways = Ways(answer.content.decode())
        # What stands in a page whatever is asked for (a law, an example) is no answer to it.
        found += [way for way in ways.found if given.strip() in way and leads_away(way)]
    found += [name for name in answer.headers if name.casefold() == "evil"]
    assert not any("\n" in value or "\r" in value for value in answer.headers.values())
    return found


def test_the_judge_knows_what_a_browser_does() -> None:
    ours = [
        "/",
        "/a//b",
        "?x=//evil",
        "#javascript:",
        "a/b",
        "./javascript:",
        "",
        "/\t.",
        "%2F%2Fevil",
    ]
    assert [one for one in ours if leads_away(one)] == []
    for one in ("//evil", "/\t/evil", "https:evil", " javascript:x", "/\\evil", "\x01//evil"):
        assert leads_away(one), one


def _asked(city: City, client: Client, address: Address) -> Iterator[HttpResponse]:
    path, given = path_of(address, TABLE[address.name], city), dict.fromkeys(NAMES, MARK)
    yield client.get(path if "?" in path else f"{path}?{urlencode(given)}")
    yield client.post(path, given | ALSO.get(address.name, {}))
    yield client.get(path, headers={"referer": f"http://testserver{MARK}"})


# What a form needs beside the hint, to be taken.
ALSO = {
    "language": {"language": "en"},
    "login": {"username": "anna", "password": PASSWORD},
}
# Whose answer says anything of the hint; each is asked with the whole list below.
TAKERS = {"login", "admin_login", "page_login", "language", "quizzes:check", "accessibility:report"}
# Where `sida` is the number of a list's page, carried back to the list in a hidden field.
NUMBERED = {"reports:person", "reports:why", "reports:why_me"}


@pytest.mark.parametrize("role", ["anonym", "medarbetare", "administrator"])
def test_no_address_takes_a_hint_to_lead_elsewhere(role: str) -> None:
    city = small_city()
    client, wrong, takers = city.signed_in(role), [], set()
    client.raise_request_exception = False
    for address in OWN:
        if address.name in {"logout", "log_out_everywhere", "quick_exit"}:
            continue  # below: they end the session
        for answer in _asked(city, client, address):
            wrong += [(address.name, way) for way in wrong_in(answer, MARK)]
            # In a page's own address, which its forms lead back to, it stands otherwise written.
            if MARK in said_by(answer):
                takers.add(address.name)
    assert wrong == []
    assert takers <= TAKERS | NUMBERED


def _takers(anna: Client, value: str) -> Iterator[tuple[str, HttpResponse]]:
    """Every address that takes a hint, given this one in the way that reaches furthest."""
    stranger = Client()
    asked = urlencode({"next": value}, errors="replace")
    form = {"username": "anna", "password": PASSWORD, "next": value}
    yield "login", stranger.get(f"/logga-in/?{asked}")
    yield "login", anna.get(f"/logga-in/?{asked}")
    yield "login", Client().post("/logga-in/", form)
    for way in ("/admin/login/", "/_util/login/"):
        yield "admin_login", stranger.get(f"{way}?{asked}")
    yield "language", anna.post("/sprak/", {"language": "sv", "next": value})
    yield "quizzes:check", anna.post("/prov/fraga/fraga-0/", {"next": value})
    for place in ({"sida": value}, {}):
        headers = {} if place else {"referer": value.replace("\n", "").replace("\r", "")}
        yield (
            "accessibility:report",
            stranger.get("/tillganglighet/brist/", place, headers=headers),
        )


@pytest.fixture
def anna() -> Client:
    make_question(0)
    client = Client()
    client.force_login(User.objects.create_user("anna", password=PASSWORD))
    return client


def test_every_address_that_takes_a_hint_stays_here(anna: Client) -> None:
    wrong = [
        (name, value, way)
        for value in [*ELSEWHERE, *STRINGS[:4], *UNSAYABLE[:2]]
        for name, answer in _takers(anna, value)
        for way in wrong_in(answer, value)
    ]
    assert wrong == []


@pytest.mark.parametrize("way", ["/lamna/", "/logga-ut/", "/konto/logga-ut-overallt/"])
def test_who_signs_out_is_sent_nowhere_else(anna: Client, way: str) -> None:
    for value in ELSEWHERE[::8]:
        anna.force_login(User.objects.get(username="anna"))
        for given in ({"next": value}, {"next_page": value}):
            assert wrong_in(anna.post(way, given), value) == []


def test_a_place_of_ours_is_where_one_is_sent(anna: Client) -> None:
    answers = [answer for _name, answer in _takers(anna, "/min-utbildning/?a=//b")]
    sent = [one.headers["Location"] for one in answers if "Location" in one.headers]
    assert sent.count("/min-utbildning/?a=//b") >= 3
