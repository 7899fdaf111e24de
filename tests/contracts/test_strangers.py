"""What is not one's own is as if it were not there; who is shut out, or was here before, leaves
nothing.
"""

import uuid
from collections.abc import Iterator

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from tests.contracts.addresses import SAMPLES
from tests.contracts.canaries import canary_city
from tests.contracts.crawler import said_by, walk, without_what_differs
from tests.contracts.small_city import LOG_IN, SIGNED_IN, City, small_city
from tests.contracts.test_methods import LOOKS, OFFERED
from tests.contracts.test_permission_matrix import ADMIN, ADMIN_OPEN, OWN, TABLE, Rule, path_of
from tests.factories import account, duty, employ, person, unit
from tracking.imports.models import ImportFile
from tracking.organisation.models import DutyRole, User

pytestmark = pytest.mark.django_db

OWNED = ("certificate", "person", "job", "attempt")
PASSWORD = "fyra ord utan samband"


@pytest.fixture(autouse=True)
def _a_moment() -> Iterator[None]:
    """Pages say how long a session still lasts: two answers are of the same second."""
    with time_machine.travel("2024-05-15 12:00:00+02:00", tick=False):
        yield


def test_somebody_elses_is_answered_as_what_is_not_there() -> None:
    city, differ, compared = small_city(), [], 0
    browsers = {role: city.signed_in(role) for role in SIGNED_IN}
    for address in OWN:
        rule = TABLE[address.name]
        if rule.of not in OWNED:
            continue
        theirs, nobodys = city.things[rule.of], str(uuid.uuid4())
        offered = OFFERED.get(address.name, LOOKS)
        for role in (role for role, status in rule.expected().items() if status == 404):
            for method in [one for one in ("get", "post") if one in offered]:
                send = getattr(browsers[role], method)
                answers = [
                    send(address.path.replace(SAMPLES["uuid"], key), **_body(rule))
                    for key in (theirs, nobodys)
                ]
                said = [
                    without_what_differs(said_by(answer), key)
                    for answer, key in zip(answers, (theirs, nobodys), strict=True)
                ]
                compared += 1
                if said[0] != said[1] or {one.status_code for one in answers} != {404}:
                    differ.append((address.name, role, method))
    assert differ == []
    assert compared > 50


def _body(rule: Rule) -> dict[str, object]:
    return {"data": rule.body, "content_type": "application/json"} if rule.body else {}


def test_another_coordinators_file_is_answered_as_one_that_is_not_there() -> None:
    city = small_city()
    other = person("annan")
    duty(other, DutyRole.COORDINATOR, "STAD")
    file = ImportFile.objects.create(
        kind="staff",
        name="f.csv",
        place="x",
        uploaded_by=account(other),
        uploaded_at=timezone.now(),
    )
    said = [
        without_what_differs(
            said_by(city.ask("samordnare", f"/inlasning/{key}/", "post")), str(key)
        )
        for key in (file.public_id, uuid.uuid4())
    ]
    assert said[0] == said[1]


@pytest.mark.parametrize(
    ("role", "page"),
    [
        ("chef", "/medarbetare/"),
        ("chef", "/medarbetare/export/csv/"),
        ("nyckelperson", "/uppfoljning/"),
    ],
)
def test_another_unit_is_answered_as_one_that_is_not_there(role: str, page: str) -> None:
    city = small_city()
    unit("ANNAN", "STAD")
    employ(person("grannen"), "ANNAN")
    answers = [city.ask(role, f"{page}?enhet={code}") for code in ("ANNAN", "INGEN")]
    assert answers[0].status_code == answers[1].status_code != 200
    assert [
        without_what_differs(said_by(answer), code)
        for answer, code in zip(answers, ("ANNAN", "INGEN"), strict=True)
    ] == [without_what_differs(said_by(answers[0]), "ANNAN")] * 2


def _closed(city: City, role: str) -> Client:
    """A browser that was signed in when the account was closed."""
    client = city.signed_in(role)
    assert client.get("/konto/").status_code == 200
    user = city.users[role]
    assert user is not None
    User.objects.filter(pk=user.pk).update(is_active=False)
    return client


@pytest.mark.parametrize("role", SIGNED_IN)
def test_who_was_shut_out_is_a_stranger_at_the_next_click(role: str) -> None:
    city = small_city()
    client, wrong = _closed(city, role), []
    for address in OWN:
        rule = TABLE[address.name]
        answer = getattr(client, rule.method)(path_of(address, rule, city))
        away = answer.headers.get("Location", "")
        to_log_in = answer.status_code == LOG_IN and away.startswith(("/logga-in/", "/lamna/"))
        if answer.status_code != rule.anonymous or (rule.anonymous == LOG_IN and not to_log_in):
            wrong.append((address.name, answer.status_code, away))
    assert wrong == []


def test_an_administrator_who_was_shut_out_is_sent_from_the_whole_admin_to_the_log_in() -> None:
    client = _closed(small_city(), "administrator")
    answers = [
        (one.name, client.get(one.path).headers.get("Location", ""))
        for one in ADMIN
        if one.name not in ADMIN_OPEN
    ]
    away = ("/logga-in/", "/admin/login/")
    assert [one for one in answers if not one[1].startswith(away)] == []


def test_a_closed_account_is_told_what_a_wrong_password_is() -> None:
    user = User.objects.create_user("anna", password=PASSWORD, is_active=False)
    said = []
    for password in (PASSWORD, "fel"):
        answer = Client().post("/logga-in/", {"username": user.username, "password": password})
        assert answer.status_code == 200
        said.append(without_what_differs(said_by(answer), password))
    assert said[0] == said[1]


def test_the_next_one_at_the_same_computer_meets_nothing_of_the_first() -> None:
    """Signed out in between, or not: whoever logs in elsewhere with the same browser."""
    canaries = canary_city()
    first, second = canaries.account("skyddad-chef"), canaries.account("kollega")
    for leaves in ("/logga-ut/", "/lamna/", ""):
        client = Client()
        client.force_login(first)
        for page in ("/medarbetare/", "/mina-uppgifter/", "/min-utbildning/", "/konto/", "/jobb/"):
            assert client.get(page).status_code == 200
        client.post("/sprak/", {"language": "en"})
        if leaves:
            client.post(leaves)
            strangers = said_by(client.get("/logga-in/"))
            assert "skyddad-chef" not in canaries.given_away_in(strangers)
            assert first.username not in strangers
        before = client.session.session_key
        client.force_login(second)
        assert client.session.session_key != before
        starts = ["/", "/min-utbildning/", "/mina-uppgifter/", "/konto/", "/jobb/", "/medarbetare/"]
        text = "\n".join(one.text for one in walk(client, starts, most=30))
        found = canaries.given_away_in(text)
        assert "kollega" in found
        assert "skyddad-chef" not in found
        assert first.username not in text
