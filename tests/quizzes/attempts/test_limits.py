"""Time limits by the server's clock: told, kept, extended, and never a reason to lose an answer."""

import json
import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from foundation.outbox import OutboxRow
from quizzes.attempts.actions import TimeIsUp, save_answer, save_answers, start_attempt
from quizzes.attempts.judging import close_overdue
from quizzes.attempts.limits import GRACE, deadline
from quizzes.attempts.models import Attempt, ExtraTime
from quizzes.attempts.tasks import close_attempt
from quizzes.bank.models import Quiz
from quizzes.extra_time.actions import give_extra_time
from tests.quizzes.makers import CONTEXT, Place, form_of, key_of, make_place, make_quiz
from tracking.audit.models import AuditEntry, AuditEvent
from tracking.organisation.models import User

pytestmark = pytest.mark.django_db
NOW = datetime(2024, 5, 15, 12, tzinfo=UTC)
UNTIL = NOW + timedelta(minutes=20)
SECOND = timedelta(seconds=1)


@pytest.fixture
def place() -> Place:
    return make_place()


@pytest.fixture
def user() -> User:
    return User.objects.create_user("anna")


@pytest.fixture
def quiz(place: Place) -> Quiz:
    return make_quiz(3, limit_minutes=20)


@pytest.fixture
def attempt(user: User, quiz: Quiz) -> Attempt:
    return start_attempt(user=user, quiz=quiz, context=CONTEXT, now=NOW)


def answer_first(attempt: Attempt, *, at: datetime) -> None:
    save_answer(
        user=attempt.user,
        attempt_id=attempt.public_id,
        position=1,
        response={"choice": key_of(attempt)[1]},
        client_id=f"at {at}",
        sequence=int(at.timestamp() * 1000),
        now=at,
    )


def address(name: str, attempt: Attempt) -> str:
    return reverse(f"quizzes:{name}", args=[attempt.public_id])


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.mark.parametrize(
    ("percents_and_minutes", "minutes"),
    [([], 20), ([(50, 0)], 30), ([(0, 15)], 35), ([(50, 15)], 45), ([(50, 0), (0, 15)], 35)],
)
def test_extra_time_is_percent_and_minutes_and_the_most_generous_holds(
    percents_and_minutes: list[tuple[int, int]], minutes: int
) -> None:
    grants = [ExtraTime(percent=percent, minutes=more) for percent, more in percents_and_minutes]
    assert deadline(NOW, 20, grants) == NOW + timedelta(minutes=minutes)


def test_the_deadline_is_fixed_at_the_start(attempt: Attempt) -> None:
    Quiz.objects.update(limit_minutes=1)
    again = start_attempt(user=attempt.user, quiz=attempt.quiz, context=CONTEXT, now=UNTIL)
    assert (again, again.deadline_at) == (attempt, UNTIL)


def test_an_answer_on_its_way_is_taken_in_and_a_later_one_is_not(attempt: Attempt) -> None:
    answer_first(attempt, at=UNTIL + GRACE - SECOND)
    with pytest.raises(TimeIsUp):
        answer_first(attempt, at=UNTIL + GRACE)
    with pytest.raises(TimeIsUp):
        save_answers(
            user=attempt.user,
            attempt_id=attempt.public_id,
            form=form_of(key_of(attempt)),
            now=UNTIL + GRACE,
        )


def test_what_is_answered_is_handed_in_when_nobody_is_there(attempt: Attempt, place: Place) -> None:
    row = OutboxRow.objects.get(task="quizzes.close_attempt")
    assert (row.arguments, row.due_at) == ({"attempt": attempt.pk}, UNTIL + GRACE)
    answer_first(attempt, at=NOW)
    with time_machine.travel(UNTIL + GRACE + timedelta(hours=9), tick=False):
        for _twice in range(2):
            close_attempt(**row.arguments)
    attempt.refresh_from_db()
    assert (attempt.points, attempt.submitted_at, attempt.passed) == (1, UNTIL, False)
    assert attempt.ended_by_the_clock
    assert len(place.graded) == 1
    close_overdue(attempt=attempt.pk + 1, now=UNTIL)  # one that is no more


def test_who_got_more_time_is_come_back_to(attempt: Attempt, user: User) -> None:
    trainer = User.objects.create_superuser("trainer")
    assert give_extra_time(user=user, quiz=None, percent=50, minutes=0, actor=trainer, now=NOW) == 1
    OutboxRow.objects.all().delete()  # taken by the worker
    close_overdue(attempt=attempt.pk, now=UNTIL + GRACE)
    attempt.refresh_from_db()
    assert attempt.is_open
    later = NOW + timedelta(minutes=30)
    assert OutboxRow.objects.get().due_at == later + GRACE
    answer_first(attempt, at=later)
    close_overdue(attempt=attempt.pk, now=later + GRACE)
    attempt.refresh_from_db()
    assert (attempt.points, attempt.submitted_at) == (1, later)


def test_extra_time_is_logged_replaced_taken_back_and_never_shortens(
    attempt: Attempt, user: User
) -> None:
    trainer = User.objects.create_superuser("trainer")
    given = {"user": user, "actor": trainer, "now": NOW}
    give_extra_time(quiz=attempt.quiz, percent=0, minutes=10, **given)
    give_extra_time(quiz=attempt.quiz, percent=0, minutes=5, **given)
    give_extra_time(quiz=None, percent=0, minutes=7, **given)
    attempt.refresh_from_db()
    assert attempt.deadline_at == UNTIL + timedelta(minutes=10)
    found = ExtraTime.objects.order_by("quiz_id").values_list("quiz", "minutes")
    assert set(found) == {(attempt.quiz_id, 5), (None, 7)}
    give_extra_time(quiz=None, percent=0, minutes=0, **given)
    assert ExtraTime.objects.count() == 1
    log = AuditEntry.objects.filter(event=AuditEvent.EXTRA_TIME_GIVEN).order_by("sequence")
    assert [entry.detail["minutes"] for entry in log] == [10, 5, 7, 0]
    assert [entry.detail["quiz"] for entry in log] == ["prov", "prov", "*", "*"]
    assert {entry.actor for entry in log} == {trainer}


def test_a_late_answer_is_told_so_and_what_was_there_is_handed_in(
    attempt: Attempt, user: User
) -> None:
    answer_first(attempt, at=NOW)
    change = {"position": 2, "choice": key_of(attempt)[2], "client_id": "late", "sequence": 1}
    with time_machine.travel(UNTIL + GRACE, tick=False):
        client = signed_in(user)
        page = client.get(address("take", attempt)).content.decode()
        assert "Tiden är slut" in page
        assert "data-quiz " not in page
        assert Attempt.objects.get().is_open  # looking changes nothing
        late = client.post(
            address("save", attempt), json.dumps(change), content_type="application/json"
        )
        assert late.status_code == 409
        assert late.json()["result"] == address("result", attempt)
        shown = client.get(address("result", attempt)).content.decode()
    assert "Tiden var slut" in shown
    attempt.refresh_from_db()
    assert (attempt.points, attempt.submitted_at) == (1, UNTIL)


@pytest.mark.parametrize("seconds_late", [61, 3600])
def test_a_form_handed_in_too_late_counts_what_was_saved(
    attempt: Attempt, user: User, seconds_late: int
) -> None:
    answer_first(attempt, at=NOW)
    form = {f"q{position}": chosen for position, chosen in key_of(attempt).items()}
    with time_machine.travel(UNTIL + timedelta(seconds=seconds_late), tick=False):
        response = signed_in(user).post(address("submit", attempt), form)
    assert response.url == address("result", attempt)
    attempt.refresh_from_db()
    assert attempt.points == 1


def test_a_form_a_moment_late_counts_whole(attempt: Attempt, user: User) -> None:
    form = {f"q{position}": chosen for position, chosen in key_of(attempt).items()}
    with time_machine.travel(UNTIL + timedelta(seconds=20), tick=False):
        signed_in(user).post(address("submit", attempt), form)
    attempt.refresh_from_db()
    assert (attempt.points, attempt.submitted_at) == (3, UNTIL)


def test_a_page_whose_time_seems_up_goes_on_when_more_was_given(
    attempt: Attempt, user: User
) -> None:
    trainer = User.objects.create_superuser("trainer")
    give_extra_time(user=user, quiz=None, percent=0, minutes=5, actor=trainer, now=NOW)
    with time_machine.travel(UNTIL + SECOND, tick=False):
        client = signed_in(user)
        assert client.post(address("submit", attempt), {"tiden": "1"}).url == address(
            "take", attempt
        )
        assert Attempt.objects.get().is_open
    with time_machine.travel(UNTIL + timedelta(minutes=5) + SECOND, tick=False):
        response = client.post(address("submit", attempt), {"tiden": "1"})
        assert response.url == address("result", attempt)


def test_an_answer_tells_the_page_of_the_deadline(attempt: Attempt, user: User) -> None:
    change = {"position": 1, "choice": [], "client_id": "a", "sequence": 1}
    with time_machine.travel(NOW + SECOND, tick=False):
        client = signed_in(user)
        html = client.get(address("take", attempt)).content.decode()
        said = client.post(
            address("save", attempt), json.dumps(change), content_type="application/json"
        ).json()
    milliseconds = int(UNTIL.timestamp() * 1000)
    assert said["deadline"] == milliseconds
    assert f'data-until="{milliseconds}"' in html
    assert "20 minuter kvar" in html


def test_an_attempt_the_clock_has_ended_is_handed_in_before_another_begins(
    attempt: Attempt,
) -> None:
    late = UNTIL + timedelta(days=1)
    ended = start_attempt(user=attempt.user, quiz=attempt.quiz, context=CONTEXT, now=late)
    assert (ended.pk, ended.submitted_at) == (attempt.pk, UNTIL)
    new = start_attempt(user=attempt.user, quiz=attempt.quiz, context=CONTEXT, now=late)
    assert new.pk != attempt.pk


def test_a_trainer_gives_extra_time_by_user_name(attempt: Attempt, user: User) -> None:
    page = reverse("quizzes:extra_time")
    assert signed_in(user).get(page).status_code == 403
    client = signed_in(User.objects.create_superuser("trainer"))
    wrong = client.post(page, {"username": "ingen", "percent": "50", "minutes": "0"})
    assert wrong.status_code == 422
    given = {"username": "anna", "percent": "50", "minutes": "5"}
    with time_machine.travel(NOW + SECOND, tick=False):
        told = client.post(page, given, follow=True).content.decode()
    assert "gäller genast" in told
    assert not re.search(r"\banna\b", told)
    attempt.refresh_from_db()
    assert attempt.deadline_at == NOW + timedelta(minutes=35)
