"""Who is asked for a code, and that nobody comes in without it."""

from collections.abc import Iterator
from datetime import date, timedelta
from io import StringIO
from typing import Any

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command
from django.test import Client

from config.sign_in.second_factor.rules import needs_second_factor
from courses.modules.groundwork import lay_groundwork
from tests.config.production import production_settings
from tests.config.sign_in.second_factor.phones import (
    PASSWORD,
    codes_on,
    enrol,
    give_password,
    is_in,
    secret_on,
)
from tests.contracts.addresses import addresses
from tests.factories import account, duty, employ, person, trainer, unit
from tracking.audit.models import AuditEntry
from tracking.organisation.models import DutyRole, User

pytestmark = pytest.mark.django_db
TODAY = date(2026, 5, 4)


@pytest.fixture(autouse=True)
def clock() -> Iterator[Any]:
    with time_machine.travel("2026-05-04 08:00:00+02:00", tick=False) as traveller:
        yield traveller


@pytest.fixture
def samordnare() -> User:
    unit("STAD")
    unit("EB", "STAD")
    who = person("samordnare")
    employ(who, "EB")
    duty(who, DutyRole.COORDINATOR, "STAD")
    return with_password(account(who))


def paths() -> set[str]:
    """Every address of ours and, of Wagtail's hundreds, those that have to do with a log-in."""
    every = {address.path for address in addresses()}
    telling = ("login", "account", "api", "users", "password")
    return {
        path
        for path in every
        if not path.startswith("/admin/")
        or path == "/admin/"
        or any(word in path for word in telling)
    }


def with_password(user: User) -> User:
    user.set_password(PASSWORD)
    user.save()
    return user


def test_it_is_asked_of_trainers_coordinators_and_administrators(samordnare: User) -> None:
    lay_groundwork()
    people = {name: person(name) for name in ("medarbetare", "chef", "nyckelperson", "utbildare")}
    employ(people["medarbetare"], "EB")
    employ(people["chef"], "EB", is_manager=True)
    duty(people["nyckelperson"], DutyRole.KEY_CONTACT, "STAD")
    trainer(people["utbildare"])
    users = {name: account(who) for name, who in people.items()} | {
        "samordnare": samordnare,
        "administrator": User.objects.create_superuser("administrator"),
    }
    asked = {name for name, user in users.items() if needs_second_factor(user, TODAY)}
    assert asked == {"samordnare", "utbildare", "administrator"}


def test_who_becomes_coordinator_tomorrow_is_asked_then(clock: Any) -> None:
    unit("STAD")
    who = person("bo")
    with_password(account(who))
    granted = duty(who, DutyRole.COORDINATOR, "STAD")
    granted.valid_from = TODAY + timedelta(days=1)
    granted.save()
    client = Client()
    assert give_password(client, "bo") == "/"
    client.post("/logga-ut/")
    clock.shift(timedelta(days=1))
    assert give_password(client, "bo") == "/logga-in/kod/"
    assert not is_in(client)


def test_a_group_that_opens_the_admin_asks_for_it(clock: Any) -> None:
    lay_groundwork()
    user = with_password(User.objects.create_user("ny"))
    user.groups.add(Group.objects.get(name="Utbildare"))
    assert give_password(Client(), "ny") == "/logga-in/kod/"


def test_everybody_else_logs_in_in_one_step() -> None:
    with_password(User.objects.create_user("anna"))
    client = Client()
    assert give_password(client, "anna") == "/"
    assert is_in(client)


def test_the_first_log_in_sets_up_the_phone_and_shows_the_codes_once(samordnare: User) -> None:
    client = Client()
    _phone, codes = enrol(client, "samordnare", "/uppfoljning/")
    assert (len(codes), len(set(codes))) == (10, 10)
    response = client.post("/konto/reservkoder/")
    assert response.headers["Location"] == "/uppfoljning/"
    assert client.get("/konto/reservkoder/").headers["Location"] == "/konto/"
    assert is_in(client)


def test_the_code_opens_and_a_wrong_one_does_not(samordnare: User, clock: Any) -> None:
    phone, _codes = enrol(Client(), "samordnare")
    clock.shift(timedelta(minutes=1))
    client = Client()
    give_password(client, "samordnare", "/uppfoljning/")
    wrong = f"{(int(phone.code()) + 1) % 1_000_000:06}"
    page = client.post("/logga-in/kod/", {"code": wrong})
    assert "Koden är fel" in page.content.decode()
    assert not is_in(client)
    spaced = f"{phone.code()[:3]} {phone.code()[3:]}"
    response = client.post("/logga-in/kod/", {"code": spaced})
    assert response.headers["Location"] == "/uppfoljning/"
    assert is_in(client)


def test_a_code_works_once_and_none_before_it_works_afterwards(
    samordnare: User, clock: Any
) -> None:
    phone, _codes = enrol(Client(), "samordnare")
    client = Client()
    give_password(client, "samordnare")
    # The one it was set up with is spent; the clock of the phone may be half a minute ahead.
    for code, opens in ((phone.code(), False), (phone.code(later=1), True)):
        client.post("/logga-in/kod/", {"code": code})
        assert is_in(client) is opens
    other = Client()
    give_password(other, "samordnare")
    for later in (-1, 0, 1, 2):
        other.post("/logga-in/kod/", {"code": phone.code(later=later)})
        assert not is_in(other)


def test_a_recovery_code_works_once(samordnare: User) -> None:
    _phone, codes = enrol(Client(), "samordnare")
    for opens in (True, False):
        client = Client()
        give_password(client, "samordnare")
        client.post("/logga-in/kod/", {"code": codes[3]})
        assert is_in(client) is opens


@pytest.mark.parametrize("enrolled", [False, True])
def test_no_page_in_between_opens_before_the_code(samordnare: User, enrolled: bool) -> None:
    samordnare.is_superuser = True
    samordnare.save()
    if enrolled:
        enrol(Client(), "samordnare")
    client = Client(raise_request_exception=False)
    give_password(client, "samordnare", "/admin/")
    client.get("/logga-in/telefon/")
    stranger = Client(raise_request_exception=False)
    between = {"/logga-in/kod/", "/logga-in/telefon/"}
    opened = []
    for path in paths() - between:
        answers = [one.get(path) for one in (client, stranger)]
        if answers[0].status_code != answers[1].status_code:
            opened.append((path, answers[0].status_code))
        assert "_auth_user_id" not in client.session
    assert opened == []


def test_no_other_address_takes_name_and_password(samordnare: User) -> None:
    samordnare.is_superuser = True
    samordnare.save()
    fields = {"username": "samordnare", "login": "samordnare", "password": PASSWORD}
    let_in = []
    for path in paths():
        client = Client(raise_request_exception=False)
        client.post(path, fields)
        client.post(path, fields, content_type="application/json")
        if "_auth_user_id" in client.session:
            let_in.append(path)
    assert let_in == []


def test_a_phone_cannot_be_set_up_over_one_that_is_there(samordnare: User) -> None:
    enrol(Client(), "samordnare")
    client = Client()
    give_password(client, "samordnare")
    assert client.get("/logga-in/telefon/").headers["Location"] == "/logga-in/"
    assert client.post("/logga-in/telefon/", {"code": "000000"}).status_code == 302
    assert not is_in(client)


def test_the_password_is_forgotten_after_ten_minutes(samordnare: User, clock: Any) -> None:
    phone, _codes = enrol(Client(), "samordnare")
    client = Client()
    give_password(client, "samordnare")
    clock.shift(timedelta(minutes=10, seconds=1))
    response = client.post("/logga-in/kod/", {"code": phone.code()})
    assert response.headers["Location"] == "/logga-in/"
    assert not is_in(client)


def test_a_password_that_is_changed_meanwhile_counts_no_more(samordnare: User, clock: Any) -> None:
    phone, _codes = enrol(Client(), "samordnare")
    clock.shift(timedelta(minutes=1))
    client = Client()
    give_password(client, "samordnare")
    samordnare.set_password("något helt annat än förut")
    samordnare.save()
    client.post("/logga-in/kod/", {"code": phone.code()})
    assert not is_in(client)


def test_guessing_codes_is_braked_in_every_browser_but_the_owner_s(
    samordnare: User, clock: Any
) -> None:
    own = Client()
    phone, _codes = enrol(own, "samordnare")
    own.post("/logga-ut/")
    clock.shift(timedelta(minutes=1))
    answers = []
    for number in range(7):
        guesser = Client(REMOTE_ADDR=f"192.0.2.{number}")
        give_password(guesser, "samordnare")
        answers.append(guesser.post("/logga-in/kod/", {"code": f"00000{number}"}).status_code)
    assert answers == [200] * 5 + [429] * 2
    give_password(own, "samordnare")
    own.post("/logga-in/kod/", {"code": phone.code()})
    assert is_in(own)


def test_the_secret_lies_encrypted_everywhere(samordnare: User) -> None:
    client = Client()
    give_password(client, "samordnare")
    page = client.get("/logga-in/telefon/").content.decode()
    secret = secret_on(page)
    assert secret not in str(dict(client.session))
    client.post("/logga-in/telefon/", {"code": "000000"})
    assert secret_on(client.get("/logga-in/telefon/").content.decode()) == secret
    phone, _codes = enrol(Client(), "samordnare")
    assert phone.secret not in str(list(Authenticator.objects.values_list("data", flat=True)))


def test_the_picture_is_ours_and_needs_no_style(samordnare: User) -> None:
    client = Client()
    give_password(client, "samordnare")
    page = client.get("/logga-in/telefon/").content.decode()
    picture = page[page.index("<svg class") : page.index("</svg>", page.index("<svg class"))]
    assert 'role="img" aria-label="QR-kod' in picture
    assert [bad for bad in ("style=", "http", "href") if bad in picture] == []


def test_an_administrator_resets_it_and_the_next_log_in_sets_up_a_new_one(
    samordnare: User,
) -> None:
    client = Client()
    enrol(client, "samordnare")
    said = StringIO()
    call_command("reset_second_factor", "samordnare", stdout=said)
    assert not is_in(client)
    enrol(client, "samordnare")
    assert is_in(client)
    told = AuditEntry.objects.filter(event="konto_andrat").order_by("sequence")
    assert [one.detail["second_factor"] for one in told] == ["enrolled", "reset", "enrolled"]
    with pytest.raises(CommandError):
        call_command("reset_second_factor", "ingen")


def test_a_new_phone_and_new_codes_are_had_by_a_code(samordnare: User, clock: Any) -> None:
    client = Client()
    phone, old_codes = enrol(client, "samordnare")
    clock.shift(timedelta(minutes=1))
    client.post("/konto/kod/", {"code": phone.code(), "act": "codes"})
    new_codes = codes_on(client.get("/konto/reservkoder/").content.decode())
    assert not set(new_codes) & set(old_codes)
    assert client.get("/logga-in/telefon/").headers["Location"] == "/konto/"
    response = client.post("/konto/kod/", {"code": new_codes[0], "act": "phone"})
    assert response.headers["Location"] == "/logga-in/telefon/"
    secret = secret_on(client.get("/logga-in/telefon/").content.decode())
    assert secret != phone.secret
    phone.secret = secret
    client.post("/logga-in/telefon/", {"code": phone.code()})
    assert len(codes_on(client.get("/konto/reservkoder/").content.decode())) == 10
    assert client.get("/logga-in/telefon/").headers["Location"] == "/konto/"


def test_who_needs_it_cannot_stop_it_and_who_chose_it_can(samordnare: User, clock: Any) -> None:
    client = Client()
    phone, codes = enrol(client, "samordnare")
    assert "Sluta kräva kod" not in client.get("/konto/kod/").content.decode()
    client.post("/konto/kod/", {"code": codes[0], "act": "off"})
    assert Authenticator.objects.filter(user=samordnare).count() == 2
    with_password(User.objects.create_user("anna"))
    chosen = Client()
    give_password(chosen, "anna")
    assert "inte ditt lösenord" in chosen.post("/konto/kod/", {"password": "x"}).content.decode()
    chosen.post("/konto/kod/", {"password": PASSWORD})
    phone.secret = secret_on(chosen.get("/logga-in/telefon/").content.decode())
    chosen.post("/logga-in/telefon/", {"code": phone.code()})
    clock.shift(timedelta(minutes=1))
    again = Client()
    assert give_password(again, "anna") == "/logga-in/kod/"
    again.post("/logga-in/kod/", {"code": phone.code()})
    clock.shift(timedelta(minutes=1))
    again.post("/konto/kod/", {"code": phone.code(), "act": "off"})
    assert give_password(Client(), "anna") == "/"


def test_demo_accounts_come_in_by_a_password_in_the_demo_alone(settings: Any) -> None:
    user = with_password(User.objects.create_superuser("administrator", is_demo=True))
    settings.DEMO = True
    assert give_password(Client(), "administrator") == "/"
    settings.DEMO = False
    assert give_password(Client(), "administrator") == "/logga-in/kod/"
    settings.DEMO = True
    user.is_demo = False
    user.save()
    assert give_password(Client(), "administrator") == "/logga-in/kod/"


def test_production_is_never_the_demo(tmp_path: Any) -> None:
    assert production_settings(tmp_path, "DEMO", DEMO="1") == {"DEMO": False}
