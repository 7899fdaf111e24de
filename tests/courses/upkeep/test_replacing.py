"""A law is replaced once; each lesson that cites it is told to its author, once."""

from datetime import UTC, date, datetime

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from courses.pages.models import LessonPage
from courses.sources.models import LegalReference
from courses.upkeep.actions import replace_law
from courses.upkeep.models import LessonFlag
from courses.upkeep.tasks import tell_of_flags
from foundation.outbox import OutboxRow
from tests.courses.makers import make_course, make_lesson, make_user, screen, signed_in
from tests.courses.upkeep.conftest import cites
from tracking.organisation.models import User
from tracking.privacy.sections import SECTIONS, Owner

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
NEW = {
    "key": "nyast",
    "act": "enlagen",
    "number": "2027:1",
    "paragraph": "3 §",
    "paragraph_known": True,
    "topic": "Något",
    "valid_from": date(2027, 1, 1),
}


def replaced(author: User) -> list[LessonFlag]:
    old = LegalReference.objects.get(key="ny")
    return replace_law(old=old, new=NEW, ends=date(2026, 12, 31), actor=author, now=NOW)


def form(**said: str) -> dict[str, str]:
    old = LegalReference.objects.get(key="ny")
    fields = {name: str(value) for name, value in NEW.items()} | {"old": str(old.pk)}
    return fields | {"paragraph_known": "on"} | said


def test_a_replacement_is_entered_once_and_flags_each_lesson_once(
    author: User, lesson: LessonPage
) -> None:
    make_lesson(make_course("ANNAN", slug="annan", lessons=0), body=[screen("A", cites("bok"))])
    assert [flag.lesson_id for flag in replaced(author)] == [lesson.pk]
    assert replaced(author) == []
    old = LegalReference.objects.get(key="ny")
    assert (old.valid_to, old.replaced_by) == (
        date(2026, 12, 31),
        LegalReference.objects.get(key="nyast"),
    )
    assert LessonFlag.objects.get().author == author
    assert LegalReference.objects.count() == 2


def test_the_page_does_it_and_says_how_many(trainer: Client, lesson: LessonPage) -> None:
    response = trainer.post(reverse("replace_law"), form(), follow=True)
    assert "1 lektion" in response.content.decode()
    assert LegalReference.objects.get(key="ny").valid_to == date(2026, 12, 31)
    again = trainer.post(reverse("replace_law"), form())
    assert again.status_code == 400
    assert LessonFlag.objects.count() == 1


@pytest.mark.parametrize(
    "said",
    [
        {"key": "Ny lag"},
        {"key": "bok"},
        {"valid_from": ""},
        {"act": ""},
        {"old": "0"},
        {"paragraph_known": ""},
        {"url": "javascript:alert(1)"},
        {"number": "9" * 41},
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(
    trainer: Client, lesson: LessonPage, said: dict[str, str]
) -> None:
    sent = {name: value for name, value in form(**said).items() if value}
    assert trainer.post(reverse("replace_law"), sent).status_code == 400
    assert LegalReference.objects.get().valid_to is None
    assert not LessonFlag.objects.exists()


def test_only_who_may_write_laws_may_replace_them(author: User, lesson: LessonPage) -> None:
    group = author.groups.get()
    group.permissions.filter(codename="add_legalreference").delete()
    assert signed_in(author).get(reverse("replace_law")).status_code in {302, 403}
    assert signed_in(make_user("annan")).get(reverse("replace_law")).status_code == 302


def test_the_author_gets_one_mail_that_names_lessons_and_nobody(
    author: User, lesson: LessonPage
) -> None:
    second = make_lesson(lesson.course, 2, body=[screen("A", cites("ny"))])
    second.save_revision(user=author).publish()
    replaced(author)
    (row,) = OutboxRow.objects.filter(task="courses.tell_of_flags")
    for _time in range(2):
        tell_of_flags(**row.arguments)
    (message,) = mail.outbox
    assert message.to == ["utbildare@example.org"]
    assert "Lektion 1" in message.body
    assert "Lektion 2" in message.body
    assert author.username not in message.body


def test_a_lesson_without_an_author_waits_for_every_trainer_and_mails_nobody(
    author: User, trainer: Client, lesson: LessonPage
) -> None:
    LessonPage.objects.filter(pk=lesson.pk).update(latest_revision=None)
    replaced(author)
    assert LessonFlag.objects.get().author is None
    assert not OutboxRow.objects.filter(task="courses.tell_of_flags").exists()
    assert "Lektion 1" in trainer.get(reverse("flags")).content.decode()


def test_it_stands_on_the_authors_first_page_until_it_is_published_without(
    author: User, trainer: Client, lesson: LessonPage
) -> None:
    home = reverse("wagtailadmin_home")
    assert "flagged-lessons-heading" not in trainer.get(home).content.decode()
    replaced(author)
    assert "Lektion 1" in trainer.get(home).content.decode()
    lesson.title = "Samma lag"
    lesson.save_revision(user=author).publish()
    assert LessonFlag.objects.get().closed_at is None
    lesson.body = [("screen", screen("Ett", cites("nyast"))[1])]
    lesson.save_revision(user=author).publish()
    flag = LessonFlag.objects.get()
    assert flag.closed_at is not None
    assert (flag.closed_by, flag.reason) == (author, "")
    assert "Samma lag" not in trainer.get(reverse("flags")).content.decode()


def test_a_decision_needs_a_reason_and_is_made_once(
    author: User, trainer: Client, lesson: LessonPage
) -> None:
    (flag,) = replaced(author)
    address = reverse("decide_flag", args=[flag.pk])
    trainer.post(address, {"reason": "  "})
    assert LessonFlag.objects.get().closed_at is None
    trainer.post(address, {"reason": "Berättar hur det var."})
    assert LessonFlag.objects.get().reason == "Berättar hur det var."
    assert trainer.post(address, {"reason": "Igen."}).status_code == 404
    assert trainer.get(address).status_code == 405


def test_somebody_elses_flag_is_not_theirs_to_close(author: User, lesson: LessonPage) -> None:
    (flag,) = replaced(author)
    other = make_user("annan-utbildare")
    other.groups.add(author.groups.get())
    answer = signed_in(other).post(reverse("decide_flag", args=[flag.pk]), {"reason": "Nej."})
    assert answer.status_code == 404
    assert LessonFlag.objects.get().closed_at is None


def test_a_flag_is_told_to_who_it_is_about(author: User, lesson: LessonPage) -> None:
    replaced(author)
    told = list(SECTIONS["flaggor"].rows(Owner(author, None, date(2026, 11, 21))))
    assert [row[1] for row in told] == ["Lektion 1"]
