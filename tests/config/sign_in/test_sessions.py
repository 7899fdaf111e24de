"""How long one stays signed in, and how one leaves everywhere."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

pytestmark = pytest.mark.django_db
MORNING = datetime(2026, 5, 4, 7, 30, tzinfo=ZoneInfo("Europe/Stockholm"))
PASSWORD = "fyra ord utan samband"


@pytest.fixture
def clock() -> Iterator[Any]:
    with time_machine.travel(MORNING, tick=False) as traveller:
        yield traveller


@pytest.fixture
def anna(clock: Any) -> Client:
    get_user_model().objects.create_user("anna", password=PASSWORD)
    return another()


def another() -> Client:
    """One more browser in which anna signs in."""
    client = Client()
    client.post("/logga-in/", {"username": "anna", "password": PASSWORD})
    return client


def is_in(client: Client) -> bool:
    return client.get("/konto/").status_code == 200


def test_a_working_day_holds_and_no_more(anna: Client, clock: Any) -> None:
    for _half_hour in range(19):
        clock.shift(timedelta(minutes=30))
        assert is_in(anna)
    clock.shift(timedelta(minutes=30))
    assert not is_in(anna)


def test_a_left_computer_is_signed_out(anna: Client, clock: Any) -> None:
    clock.shift(timedelta(minutes=59))
    assert is_in(anna)
    clock.shift(timedelta(minutes=60))
    response = anna.get("/min-utbildning/")
    assert response.headers["Location"] == "/logga-in/?next=/min-utbildning/"
    assert "_auth_user_id" not in anna.session


def test_closing_the_browser_ends_it(anna: Client) -> None:
    assert anna.cookies["sessionid"]["max-age"] == ""
    assert anna.cookies["sessionid"]["expires"] == ""


def test_a_session_that_does_not_say_when_it_began_is_none(anna: Client) -> None:
    session = anna.session
    del session["signed_in_at"]
    session.save()
    assert not is_in(anna)


def test_requests_close_together_write_nothing(anna: Client, clock: Any) -> None:
    written = []
    for seconds in (59, 1):
        clock.shift(timedelta(seconds=seconds))
        with CaptureQueriesContext(connection) as seen:
            anna.get("/konto/losenord/")
        written.append([one["sql"] for one in seen if one["sql"].startswith("UPDATE")])
    assert [len(one) for one in written] == [0, 1]


def test_signing_in_gives_the_session_a_new_key(anna: Client) -> None:
    client = Client()
    client.get("/logga-in/")
    session = client.session
    session["planted"] = 1
    session.save()
    client.cookies["sessionid"] = planted = session.session_key
    client.post("/logga-in/", {"username": "anna", "password": PASSWORD})
    assert client.session.session_key != planted
    assert not is_in(Client(headers={"Cookie": f"sessionid={planted}"}))


def test_logging_out_everywhere_ends_every_session_and_only_ones_own(anna: Client) -> None:
    get_user_model().objects.create_user("bo")
    other, second = Client(), another()
    other.force_login(get_user_model().objects.get(username="bo"))
    response = second.post("/konto/logga-ut-overallt/")
    assert response.headers["Location"] == "/logga-in/"
    assert [is_in(one) for one in (anna, second, other, another())] == [False, False, True, True]


def test_a_new_password_ends_the_other_sessions(anna: Client) -> None:
    second, new = another(), "helt andra ord den här gången"
    fields = {"old_password": PASSWORD, "new_password1": new, "new_password2": new}
    response = second.post("/konto/losenord/", fields, follow=True)
    assert "Ditt lösenord är bytt." in response.content.decode()
    assert [is_in(one) for one in (anna, second)] == [False, True]


def test_who_signs_in_elsewhere_has_no_password_to_change(client: Client) -> None:
    client.force_login(get_user_model().objects.create_user("sso"))
    assert client.get("/konto/losenord/").status_code == 403
    assert "/konto/losenord/" not in client.get("/konto/").content.decode()
