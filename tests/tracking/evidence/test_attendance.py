"""A manager records who was there: once, of their own, never of themself; and takes it back."""

import uuid
from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from foundation.facts import FactBatch
from foundation.intervals import STOCKHOLM
from tests.factories import completion, duty, employ, person
from tests.tracking.evidence.conftest import TODAY
from tracking.audit.models import AuditEntry, AuditEvent
from tracking.evidence.attendance.actions import (
    AttendanceRefused,
    TooLate,
    record_attendance,
    withdraw_attendance,
)
from tracking.evidence.attendance.models import Attendance
from tracking.ledger.models import Completion, CompletionSource
from tracking.organisation.models import DutyRole, Person, User

pytestmark = pytest.mark.usefixtures("courses")
City = dict[str, Person]
SignIn = Callable[[Person], Client]
PAGE = "/medarbetare/narvaro/"
LAST_WEEK = date(2024, 5, 8)
NOW = datetime(2024, 5, 15, 12, tzinfo=STOCKHOLM)


def user(who: Person) -> User:
    assert who.user is not None
    return who.user


def recorded(by: Person, *people: Person, key: uuid.UUID | None = None) -> Attendance:
    return record_attendance(
        key=key or uuid.uuid4(),
        people=people,
        course_code="DAG",
        on=LAST_WEEK,
        unit_code="SDN",
        actor=user(by),
        now=NOW,
    )


def said() -> list[tuple[str, str, date, str]]:
    known = Completion.objects.known_now().order_by("person__person_id")
    return list(known.values_list("person__person_id", "course_code", "on", "source"))


def form_of(*people: Person, **more: str) -> dict[str, object]:
    return {
        "nyckel": str(uuid.uuid4()),
        "kurs": "DAG",
        "datum": "2024-05-08",
        "enhet": "SDN",
        "person": [str(one.public_id) for one in people],
    } | more


def test_a_group_is_recorded_in_one_batch_and_its_figures_move(city: City) -> None:
    before = FactBatch.objects.count()
    made = recorded(city["head"], city["anna"], city["bo"])
    assert said() == [
        (key, "DAG", LAST_WEEK, CompletionSource.ATTENDANCE) for key in ("anna", "bo")
    ]
    assert FactBatch.objects.count() == before + 1
    assert made.batch is not None
    assert (made.batch.brought, made.batch.actor) == (2, user(city["head"]))
    entry = AuditEntry.objects.get(event=AuditEvent.ATTENDANCE_RECORDED)
    assert (entry.people, entry.unit) == (2, "SDN")


def test_the_same_page_sent_twice_is_one_recording(city: City) -> None:
    key = uuid.uuid4()
    first = recorded(city["head"], city["anna"], key=key)
    assert recorded(city["head"], city["anna"], key=key) == first
    assert AuditEntry.objects.filter(event=AuditEvent.ATTENDANCE_RECORDED).count() == 1


def test_who_had_it_already_stays_as_they_are(city: City) -> None:
    recorded(city["boss"], city["anna"])
    made = recorded(city["head"], city["anna"], city["bo"])
    assert {row.person.person_id: row.is_new for row in made.attended.all()} == {
        "anna": False,
        "bo": True,
    }
    assert Completion.objects.count() == 2


@pytest.mark.parametrize(
    ("course", "on"),
    [("MOD", LAST_WEEK), ("DAG", TODAY + timedelta(days=1)), ("DAG", date(2013, 5, 15))],
    ids=["a module", "a day to come", "long ago"],
)
def test_what_can_not_be_recorded(city: City, course: str, on: date) -> None:
    with pytest.raises(AttendanceRefused):
        record_attendance(
            key=uuid.uuid4(),
            people=[city["anna"]],
            course_code=course,
            on=on,
            unit_code="SDN",
            actor=user(city["head"]),
            now=NOW,
        )
    assert said() == []


def test_nobody_records_themself(city: City) -> None:
    with pytest.raises(AttendanceRefused):
        recorded(city["head"], city["anna"], city["head"])
    assert said() == []


def test_taken_back_it_counts_for_nobody_and_once(city: City) -> None:
    made = recorded(city["head"], city["anna"], city["bo"])
    by = user(city["head"])
    assert withdraw_attendance(attendance=made, actor=by, is_coordinator=False, now=NOW)
    assert not withdraw_attendance(attendance=made, actor=by, is_coordinator=False, now=NOW)
    assert said() == []
    assert Completion.objects.count() == 2  # still known of then


def test_what_another_recording_also_says_stays_until_that_goes_too(city: City) -> None:
    first = recorded(city["boss"], city["anna"])
    second = recorded(city["head"], city["anna"], city["bo"])
    withdraw_attendance(attendance=first, actor=user(city["boss"]), is_coordinator=False, now=NOW)
    assert [row[0] for row in said()] == ["anna", "bo"]
    withdraw_attendance(attendance=second, actor=user(city["head"]), is_coordinator=False, now=NOW)
    assert said() == []


def test_what_a_file_said_before_is_not_taken_back(city: City) -> None:
    known = completion(city["anna"], LAST_WEEK, "DAG", source=CompletionSource.ATTENDANCE)
    made = recorded(city["head"], city["anna"])
    withdraw_attendance(attendance=made, actor=user(city["head"]), is_coordinator=False, now=NOW)
    known.refresh_from_db()
    assert known.batch_out is None


def test_who_may_take_it_back_and_how_long(city: City) -> None:
    made = recorded(city["boss"], city["anna"])
    late = made.taken_back_until + timedelta(seconds=1)
    with pytest.raises(PermissionError):
        withdraw_attendance(
            attendance=made, actor=user(city["head"]), is_coordinator=False, now=NOW
        )
    with pytest.raises(TooLate):
        withdraw_attendance(
            attendance=made, actor=user(city["boss"]), is_coordinator=False, now=late
        )
    assert withdraw_attendance(
        attendance=made, actor=user(city["coordinator"]), is_coordinator=True, now=late
    )


def test_the_page_lists_ones_own_and_records_the_ticked(city: City, signed_in: SignIn) -> None:
    recorded(city["head"], city["bo"])
    client = signed_in(city["head"])
    listed = client.get(PAGE, {"kurs": "DAG", "datum": "2024-05-08", "enhet": "SDN"})
    rows = {one.person.person_id: one.has_it for one in listed.context["list"]["people"]}
    assert rows == {"anna": False, "bo": True, "boss": False}
    answer = client.post(PAGE, form_of(city["anna"], city["bo"]))
    assert answer.status_code == 303
    shown = client.get(answer.headers["Location"])
    assert [one.name for one in shown.context["new"]] == ["Anna Efternamnanna"]
    assert [one.name for one in shown.context["known"]] == ["Bo Efternamnbo"]


def test_the_chosen_come_ticked_and_alone(city: City, signed_in: SignIn) -> None:
    asked = {"kurs": "DAG", "datum": "2024-05-08", "enhet": "SDN", "person": city["bo"].public_id}
    listed = signed_in(city["head"]).get(PAGE, asked).context["list"]
    assert [one.person for one in listed["people"]] == [city["bo"]]
    assert listed["ticked"] == {city["bo"].public_id}


def test_what_was_ticked_survives_a_fault(city: City, signed_in: SignIn) -> None:
    answer = signed_in(city["head"]).post(PAGE, form_of(enhet="SDN"))
    assert answer.status_code == 400
    assert answer.context["form"].non_field_errors() == ["Välj minst en person."]


def test_somebody_elses_people_and_protected_ones_are_not_there_to_tick(
    city: City, signed_in: SignIn
) -> None:
    answer = signed_in(city["boss"]).post(PAGE, form_of(city["bo"], enhet="A"))
    assert answer.status_code == 400
    answer = signed_in(city["head"]).post(PAGE, form_of(city["hidden"]))
    assert answer.status_code == 400
    assert said() == []
    page = signed_in(city["head"]).get(PAGE, {"kurs": "DAG", "datum": "2024-05-08"})
    assert "Hemlig" not in page.content.decode()


def test_the_nearest_manager_records_a_protected_person(city: City, signed_in: SignIn) -> None:
    answer = signed_in(city["boss"]).post(PAGE, form_of(city["hidden"], enhet="A"))
    assert answer.status_code == 303
    assert [row[0] for row in said()] == ["hidden"]
    # The manager above sees that there was somebody, and not who.
    made = Attendance.objects.get()
    assert signed_in(city["head"]).get(f"{PAGE}{made.public_id}/").status_code == 404
    shown = signed_in(city["coordinator"]).get(f"{PAGE}{made.public_id}/").content.decode()
    assert "Hemlig" not in shown
    assert "Skyddade uppgifter" in shown


def test_a_deputy_records_too(city: City, signed_in: SignIn) -> None:
    deputy = person("deputy")
    employ(deputy, "B")
    duty(deputy, DutyRole.DEPUTY, "A")
    answer = signed_in(deputy).post(PAGE, form_of(city["anna"], enhet="A"))
    assert answer.status_code == 303


def test_another_units_page_is_not_opened(city: City, signed_in: SignIn) -> None:
    asked = {"kurs": "DAG", "datum": "2024-05-08", "enhet": "B"}
    answer = signed_in(city["boss"]).get(PAGE, asked)
    assert answer.status_code == 400
    assert answer.context["list"] is None


@pytest.mark.parametrize("more", [0, 3])
def test_the_page_asks_as_often_however_many_there_are(
    city: City, signed_in: SignIn, more: int
) -> None:
    for number in range(more):
        employ(person(f"p{number}"), "A")
    client = signed_in(city["head"])
    asked = {"kurs": "DAG", "datum": "2024-05-08", "enhet": "SDN"}
    client.get(PAGE, asked)
    with CaptureQueriesContext(connection) as counted:
        client.get(PAGE, asked)
    assert len(counted) == 16, "\n".join(one["sql"][:150] for one in counted)


def test_the_person_reads_who_recorded_it(city: City, signed_in: SignIn) -> None:
    recorded(city["head"], city["anna"])
    mine = signed_in(city["anna"]).get("/min-utbildning/").content.decode()
    assert "registrerad av Head Efternamnhead" in mine
    theirs = signed_in(city["boss"]).get(f"/medarbetare/{city['anna'].public_id}/")
    assert "registrerad av Head Efternamnhead" in theirs.content.decode()


def test_time_zones_do_not_move_the_day(city: City) -> None:
    just_after_midnight = datetime(2024, 5, 16, 0, 5, tzinfo=STOCKHOLM)
    made = record_attendance(
        key=uuid.uuid4(),
        people=[city["anna"]],
        course_code="DAG",
        on=date(2024, 5, 16),
        unit_code="A",
        actor=user(city["boss"]),
        now=just_after_midnight.astimezone(timezone.get_fixed_timezone(0)),
    )
    assert made.on == date(2024, 5, 16)
