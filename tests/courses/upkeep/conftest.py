"""A trainer, and a lesson of hers that cites an old law, a new one and a book."""

from datetime import date

import pytest
from django.contrib.auth.models import Group
from django.test import Client

from courses.modules.groundwork import TRAINERS_GROUP, lay_groundwork, let_trainers_keep_sources
from courses.pages.models import LessonPage
from courses.sources.marks import Mark, as_link
from tests.courses.makers import (
    make_course,
    make_law,
    make_lesson,
    make_source,
    make_user,
    screen,
    signed_in,
    text,
)
from tracking.organisation.models import User


def cites(*keys: str) -> tuple[str, str]:
    return text(f"<p>Ord {' '.join(as_link(Mark(key)) for key in keys)}.</p>")


@pytest.fixture
def author() -> User:
    lay_groundwork()
    let_trainers_keep_sources()
    user = make_user("utbildare")
    user.email = "utbildare@example.org"
    user.save()
    user.groups.add(Group.objects.get(name=TRAINERS_GROUP))
    return user


@pytest.fixture
def trainer(author: User) -> Client:
    return signed_in(author)


@pytest.fixture
def lesson(author: User) -> LessonPage:
    make_source("bok", checked_on=date(2026, 10, 1))
    make_source("lag", "En lag", checked_on=date(2026, 10, 1))
    make_law("ny", "2025:1", "2 §", checked_on=date(2026, 10, 1))
    body = [screen("Ett", cites("bok", "ny")), screen("Två", cites("ny"))]
    lesson = make_lesson(make_course(lessons=0), body=body)
    lesson.save_revision(user=author).publish()
    return LessonPage.objects.get(pk=lesson.pk)
