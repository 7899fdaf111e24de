"""Keys: made by their holder, shown once, kept as a hash, and no stronger than the holder."""

import hashlib
import logging
from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from foundation.brake import Brake
from foundation.intervals import today
from tests.factories import account, duty, employ, person, target, unit
from tests.tracking.api.conftest import Program, key_of
from tracking.api.actions import BEGINNING, revoke_key
from tracking.api.bearer import PER_KEY, REFUSED_FROM_ADDRESS
from tracking.api.models import ApiKey
from tracking.api.privacy import ENDED_KEYS
from tracking.api.rules import LONGEST, MOST_KEYS
from tracking.audit.models import AuditEntry, AuditEvent
from tracking.organisation.models import Duty, DutyRole, Person, User

pytestmark = pytest.mark.django_db
PAGE = "/api-nycklar/"
EVERY = ("summary", "status", "units", "targets", "courses", "areas")
Programs = Callable[..., Program]


@pytest.fixture
def city() -> dict[str, Person]:
    unit("STAD")
    unit("SDN", "STAD")
    people = {key: person(key) for key in ("anna", "chef", "samordnare", "revisor", "nyckelperson")}
    employ(people["anna"], "SDN")
    employ(people["chef"], "SDN", is_manager=True)
    duty(people["samordnare"], DutyRole.COORDINATOR, "STAD")
    duty(people["revisor"], DutyRole.AUDITOR, "STAD")
    duty(people["nyckelperson"], DutyRole.KEY_CONTACT, "SDN")
    target()
    return people


def browser(who: Person | User) -> Client:
    client = Client()
    client.force_login(who if isinstance(who, User) else account(who))
    return client


def sent(**more: str) -> dict[str, str]:
    last = today() + timedelta(days=30)
    return {"name": "Power BI", "opens": "siffror", "last_day": last.isoformat()} | more


def statuses(program: Program) -> dict[str, int]:
    return {name: program.get(name).status_code for name in EVERY}


OPEN = dict.fromkeys(EVERY, 200)


# Making


def test_a_key_is_shown_once_and_kept_as_a_hash(city: dict[str, Person]) -> None:
    client = browser(city["samordnare"])
    answer = client.post(PAGE, sent())
    secret = answer.context["secret"]
    assert secret.startswith(f"{BEGINNING}_")
    assert secret in answer.content.decode()
    [kept] = ApiKey.objects.all()
    assert kept.digest == hashlib.sha256(secret.encode()).hexdigest()
    assert secret not in "".join(str(value) for value in vars(kept).values())
    again = client.get(PAGE).content.decode()
    assert secret not in again
    assert kept.prefix in again
    assert Program(secret).get("summary").status_code == 200


def test_a_key_lasts_a_year_at_most_and_not_a_day_that_has_been(city: dict[str, Person]) -> None:
    client = browser(city["samordnare"])
    for day in (today() + LONGEST + timedelta(days=1), today() - timedelta(days=1)):
        assert client.post(PAGE, sent(last_day=day.isoformat())).status_code == 400
    assert client.post(PAGE, sent(name="")).status_code == 400
    assert not ApiKey.objects.exists()
    assert client.post(PAGE, sent(last_day=(today() + LONGEST).isoformat())).status_code == 200


def test_there_are_only_so_many_keys_and_a_revoked_one_makes_room(city: dict[str, Person]) -> None:
    client = browser(city["samordnare"])
    for _ in range(MOST_KEYS):
        assert client.post(PAGE, sent()).status_code == 200
    assert client.post(PAGE, sent()).status_code == 400
    client.post(f"{PAGE}{ApiKey.objects.first().public_id}/aterkalla/")  # type: ignore[union-attr]
    assert client.post(PAGE, sent()).status_code == 200


def test_who_sees_nobody_is_not_offered_people(city: dict[str, Person]) -> None:
    client = browser(city["nyckelperson"])
    assert "opens" not in client.get(PAGE).context["form"].fields
    client.post(PAGE, sent(opens="personer"))
    assert ApiKey.objects.get().opens_people is False


def test_an_administrator_makes_no_key_but_sees_and_ends_others(city: dict[str, Person]) -> None:
    client = browser(User.objects.create_superuser("administrator"))
    assert client.post(PAGE, sent()).status_code == 403
    program = Program(key_of(city["chef"]))
    kept = ApiKey.objects.get()
    page = client.get(PAGE).content.decode()
    assert kept.prefix in page
    assert program.get("summary").status_code == 200
    assert client.post(f"{PAGE}{kept.public_id}/aterkalla/").status_code == 302
    assert program.get("summary").status_code == 401


def test_nobody_else_ends_a_key(city: dict[str, Person]) -> None:
    program = Program(key_of(city["chef"]))
    kept = ApiKey.objects.get()
    for who in ("anna", "samordnare", "revisor"):
        answer = browser(city[who]).post(f"{PAGE}{kept.public_id}/aterkalla/")
        assert answer.status_code == 404
    assert program.get("summary").status_code == 200


def test_what_happens_to_a_key_is_in_the_audit_log_without_the_key(
    city: dict[str, Person], program: Programs
) -> None:
    program(city["samordnare"])
    kept = ApiKey.objects.get()
    assert revoke_key(key=kept, actor=account(city["samordnare"]), now=timezone.now())
    assert not revoke_key(key=kept, actor=account(city["samordnare"]), now=timezone.now())
    made, ended = AuditEntry.objects.order_by("sequence")
    assert (made.event, ended.event) == (AuditEvent.API_KEY_MADE, AuditEvent.API_KEY_REVOKED)
    assert made.detail["nyckel"] == ended.detail["nyckel"] == kept.pk
    assert kept.prefix not in str(made.detail)


# What opens, and what does not


def test_a_key_opens_everything_its_holder_sees(city: dict[str, Person], program: Programs) -> None:
    figures_only = OPEN | {"status": 403}
    assert statuses(program(city["samordnare"])) == OPEN
    assert statuses(program(city["chef"])) == OPEN
    assert statuses(program(city["samordnare"], people=False)) == figures_only
    assert statuses(program(city["revisor"], people=False)) == figures_only
    assert statuses(program(city["nyckelperson"], people=False)) == figures_only


def test_a_key_sees_nothing_more_when_the_duty_ends(
    city: dict[str, Person], program: Programs
) -> None:
    coordinators = program(city["samordnare"])
    assert statuses(coordinators) == OPEN
    Duty.objects.filter(person=city["samordnare"]).update(valid_to=today())
    assert set(statuses(coordinators).values()) == {403}
    assert b"uppdrag" in coordinators.get("summary").content


def test_a_key_for_people_shows_none_when_only_figures_are_left(
    city: dict[str, Person], program: Programs
) -> None:
    key = program(city["samordnare"])
    Duty.objects.filter(person=city["samordnare"]).update(role=DutyRole.AUDITOR)
    assert statuses(key) == OPEN | {"status": 403}


@pytest.mark.parametrize("way", ["revoked", "expired", "closed", "unknown", "cut", "longer"])
def test_a_key_that_does_not_hold_opens_nothing(city: dict[str, Person], way: str) -> None:
    key = key_of(city["samordnare"], days=1)
    user, moment = account(city["samordnare"]), timezone.now()
    match way:
        case "revoked":
            revoke_key(key=ApiKey.objects.get(), actor=user, now=moment)
        case "expired":
            moment += timedelta(days=2)
        case "closed":
            User.objects.filter(pk=user.pk).update(is_active=False)
        case "unknown":
            ApiKey.objects.all().delete()
        case "cut":
            key = key[:-1]
        case "longer":
            key = f"{key}x"
    with time_machine.travel(moment, tick=False):
        for name in (*EVERY, "openapi.json"):
            answer = Program(key).get(name)
            assert answer.status_code == 401
            assert answer.headers["WWW-Authenticate"].startswith("Bearer")
            assert answer.headers["Content-Type"] == "application/problem+json"


def test_the_last_day_is_included(city: dict[str, Person]) -> None:
    key = key_of(city["samordnare"], days=1)
    ApiKey.objects.update(expires_on=today())
    assert Program(key).get("summary").status_code == 200


@pytest.mark.parametrize(
    "header",
    ["", "Bearer", "Bearer ", "Basic a2V5", "bearer\tx", "Bearer kmv__", "Bearer \xe5\xe4"],
)
def test_what_is_no_key_is_refused(header: str) -> None:
    headers = {"Authorization": header} if header else {}
    assert Client().get("/api/v1/summary", headers=headers).status_code == 401


def test_a_log_in_opens_no_api_and_a_key_opens_no_page(
    city: dict[str, Person], program: Programs
) -> None:
    logged_in = browser(city["samordnare"])
    for name in EVERY:
        assert logged_in.get(f"/api/v1/{name}").status_code == 401
    key = program(city["samordnare"])
    for page in ("/uppfoljning/", "/mina-uppgifter/", PAGE, "/api-beskrivning/", "/admin/"):
        assert key.get(page).status_code == 302


def test_a_key_in_an_address_or_a_cookie_is_none(city: dict[str, Person]) -> None:
    key = key_of(city["samordnare"])
    for name in ("key", "token", "access_token", "api_key", "Authorization"):
        assert Client().get("/api/v1/summary", {name: f"Bearer {key}"}).status_code == 401
    client = Client()
    client.cookies["Authorization"] = f"Bearer {key}"
    assert client.get("/api/v1/summary").status_code == 401


def test_no_log_line_holds_a_key(
    city: dict[str, Person], caplog: pytest.LogCaptureFixture, settings: object
) -> None:
    settings.DEBUG = True  # type: ignore[attr-defined]
    key = key_of(city["samordnare"])
    with caplog.at_level(logging.DEBUG), CaptureQueriesContext(connection):
        for header in (f"Bearer {key}", f"Bearer {key}x", f"Token {key}"):
            Client().get("/api/v1/summary", headers={"Authorization": header})
        Brake.objects.update(empty_at=timezone.now() + timedelta(days=1))
        Program(key).get("summary")
    said = "\n".join(f"{one.getMessage()} {vars(one)}" for one in caplog.records)
    assert "A request to the API is braked (api key)." in said
    assert key.rpartition("_")[2] not in said


# Braking, remembering, forgetting


def test_a_key_that_asks_on_and_on_waits_and_no_other_key_with_it(
    city: dict[str, Person], program: Programs
) -> None:
    hammering, other = program(city["samordnare"]), program(city["chef"])
    now = datetime.fromisoformat("2026-05-04T08:00:00+02:00")
    with time_machine.travel(now, tick=False):
        ApiKey.objects.update(made_at=now, expires_on=today() + timedelta(days=9))
        assert hammering.get("units").status_code == 200
        # As after as many more requests as a bucket holds.
        Brake.objects.update(empty_at=now + PER_KEY.burst * PER_KEY.every)
        answer = hammering.get("units")
        assert answer.status_code == 429
        assert answer.headers["Retry-After"] == "1"
        assert other.get("units").status_code == 200
    with time_machine.travel(now + timedelta(seconds=1), tick=False):
        assert hammering.get("units").status_code == 200


def test_many_refusals_from_an_address_wait_and_keys_that_hold_do_not(
    city: dict[str, Person], program: Programs
) -> None:
    key, stranger = program(city["samordnare"]), Program("kmv_aaaaaaaa_nej")
    found = [stranger.get("units").status_code for _ in range(REFUSED_FROM_ADDRESS.burst + 1)]
    assert found[0] == 401
    assert found[-1] == 429
    assert key.get("units").status_code == 200


def test_the_last_use_is_noted_to_within_minutes(
    city: dict[str, Person], program: Programs
) -> None:
    key, began = program(city["samordnare"]), timezone.now()
    noted = []
    for minutes in (0, 4, 6):
        with time_machine.travel(began + timedelta(minutes=minutes), tick=False):
            key.get("units")
            noted.append(ApiKey.objects.get().last_used_at)
    assert noted == [began, began, began + timedelta(minutes=6)]


def test_a_key_that_ended_long_ago_is_disposed_of(city: dict[str, Person]) -> None:
    key_of(city["samordnare"], days=1)
    key_of(city["chef"], days=300)
    later = today() + timedelta(days=100)
    assert ENDED_KEYS.count(later) == 1
    assert ENDED_KEYS.dispose(later, 10).rows == 1
    assert ApiKey.objects.get().holder == account(city["chef"])


def test_what_is_kept_of_a_key_is_told_to_its_holder(city: dict[str, Person]) -> None:
    key = key_of(city["samordnare"])
    told = browser(city["samordnare"]).post("/mina-uppgifter/fil/json/")
    [said] = told.json()["api_nycklar"]
    assert (said["namn"], said["borjar"]) == ("Power BI", ApiKey.objects.get().prefix)
    assert said["sista_dag"] == date.isoformat(today() + timedelta(days=30))
    assert key not in told.content.decode()
