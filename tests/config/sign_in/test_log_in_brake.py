"""The brake, met as a person and as an attacker would meet it."""

import logging
import re
from typing import Any

import pytest
import time_machine
from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import ScryptPasswordHasher
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from config.sign_in.limits import ADDRESS, KNOWN_BROWSER, NAME_FROM_ADDRESS
from config.sign_in.views import LogIn
from foundation.brake import Brake
from tracking.audit.models import AuditEntry

pytestmark = pytest.mark.django_db
HERE, ELSEWHERE = "192.0.2.1", "198.51.100.7"
PASSWORD = "fyra ord utan samband"


@pytest.fixture(autouse=True)
def anna() -> Any:
    with time_machine.travel("2026-05-04 08:00:00+02:00", tick=False):
        yield get_user_model().objects.create_user("anna", password=PASSWORD)


def log_in(client: Client, username: str, password: str, address: str = HERE) -> HttpResponse:
    return client.post(
        "/logga-in/", {"username": username, "password": password}, REMOTE_ADDR=address
    )


def hammer(username: str, *, times: int, address: str = ELSEWHERE) -> list[int]:
    return [log_in(Client(), username, "fel", address).status_code for _ in range(times)]


def test_somebody_elsewhere_who_hammers_a_name_does_not_lock_its_owner_out() -> None:
    assert hammer("anna", times=8) == [200] * NAME_FROM_ADDRESS.burst + [429] * 3
    assert log_in(Client(), "anna", PASSWORD).status_code == 302


def test_nor_does_somebody_behind_the_same_address_where_the_owner_s_browser_is_known() -> None:
    own = Client()
    log_in(own, "anna", PASSWORD)
    own.post("/logga-ut/")
    assert hammer("anna", times=8, address=HERE)[-1] == 429
    assert log_in(own, "anna", PASSWORD).status_code == 302
    assert log_in(Client(), "anna", PASSWORD).status_code == 429


def test_a_known_browser_is_known_for_those_who_signed_in_with_it() -> None:
    get_user_model().objects.create_user("bo", password=PASSWORD)
    own = Client()
    log_in(own, "anna", PASSWORD)
    own.post("/logga-ut/")
    hammer("bo", times=8, address=HERE)
    assert log_in(own, "bo", PASSWORD).status_code == 429
    assert [log_in(own, "anna", "fel").status_code for _ in range(11)] == [200] * 10 + [429]
    assert KNOWN_BROWSER.burst == 10


def test_a_cookie_somebody_has_made_up_is_known_for_nobody() -> None:
    own = Client()
    log_in(own, "anna", PASSWORD)
    made_up = Client()
    made_up.cookies["browser"] = own.cookies["browser"].value[:-2] + "xx"
    hammer("anna", times=8, address=HERE)
    assert log_in(made_up, "anna", PASSWORD).status_code == 429


def test_a_whole_city_behind_one_address_signs_in(settings: Any) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    user_model = get_user_model()
    user_model.objects.bulk_create(user_model(username=f"u{number}") for number in range(400))
    one = user_model.objects.get(username="u1")
    one.set_password(PASSWORD)
    user_model.objects.filter(username__startswith="u").update(password=one.password)
    answers = {log_in(Client(), f"u{number}", PASSWORD).status_code for number in range(400)}
    assert (answers, ADDRESS.burst < 400) == ({302}, True)


def test_guessing_one_password_of_many_from_one_address_is_slowed() -> None:
    codes = [log_in(Client(), f"okänd{number}", "fel").status_code for number in range(303)]
    assert codes == [200] * 300 + [429] * 3


def test_what_a_client_says_of_its_address_is_believed_from_our_proxy_only(settings: Any) -> None:
    def ask(said: str) -> int:
        fields = {"username": "anna", "password": "fel"}
        return Client().post("/logga-in/", fields, headers={"X-Forwarded-For": said}).status_code

    assert [ask(f"192.0.2.{number}") for number in range(6)][-1] == 429
    Brake.objects.all().delete()
    settings.TRUSTED_PROXIES = 1
    assert [ask(f"192.0.2.{number}, 203.0.113.9") for number in range(6)][-1] == 429
    assert ask("203.0.113.9, 192.0.2.77") == 200


def test_the_page_says_how_long_to_wait_and_that_nothing_is_locked() -> None:
    hammer("anna", times=5, address=HERE)
    response = log_in(Client(), "anna", PASSWORD)
    assert (response.status_code, response.headers["Retry-After"]) == (429, "180")
    assert (
        "Det har varit många försök att logga in med det här namnet. Vänta 3 minuter och försök "
        "igen. Ditt konto är inte låst." in response.content.decode()
    )


def test_an_unknown_name_gets_the_same_answer_for_the_same_work(
    settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]
    user_model = get_user_model()
    user_model.objects.create_user("lokal", password=PASSWORD)
    user_model.objects.create_user("sso")  # has no password here
    user_model.objects.create_user("slutat", password=PASSWORD, is_active=False)
    hashed = []
    encode = ScryptPasswordHasher.encode

    def counted(self: ScryptPasswordHasher, *given: Any, **named: Any) -> str:
        hashed.append(1)
        return encode(self, *given, **named)

    monkeypatch.setattr(ScryptPasswordHasher, "encode", counted)
    pages = {}
    for name in ("lokal", "sso", "slutat", "okänd"):
        hashed.clear()
        password = PASSWORD if name == "slutat" else "fel"
        said = log_in(Client(), name, password).content.decode()
        said = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", said)
        pages[name] = (len(hashed), said.partition("<h1>")[2].replace(name, "…"))
    assert {page for _count, page in pages.values()} == {pages["lokal"][1]}
    assert {name: count for name, (count, _page) in pages.items()} == dict.fromkeys(pages, 1)


def test_an_unknown_name_asks_the_database_the_same_before_it_is_answered(rf: Any) -> None:
    asked = {}
    for name in ("anna", "okänd"):
        request = rf.post("/logga-in/", {"username": name, "password": "fel"}, REMOTE_ADDR=HERE)
        request.user, request.session = AnonymousUser(), SessionStore()
        request._dont_enforce_csrf_checks = True
        with CaptureQueriesContext(connection) as seen:
            response = LogIn.as_view()(request).render()
        asked[name] = [one["sql"].split(" WHERE ")[0] for one in seen if "PRAGMA" not in one["sql"]]
        for tell in response._resource_closers:  # close() itself would end the connection, too
            tell()
    assert len(asked["anna"]) > 3
    assert [len(one) for one in asked.values()] == [len(asked["anna"])] * 2
    assert AuditEntry.objects.filter(event="inloggning_nekad").count() == 1


def test_nobody_is_named_in_the_log(caplog: Any) -> None:
    with caplog.at_level(logging.DEBUG):
        hammer("anna", times=7, address=HERE)
    said = [one.getMessage() for one in caplog.records if one.name.startswith("config")]
    assert said == ["An attempt to sign in is braked (name+address)."] * 2
    assert [one for one in caplog.records if "anna" in one.getMessage() or HERE in str(one)] == []
