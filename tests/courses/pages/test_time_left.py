"""A lesson says how long is left of it."""

import json

import pytest

from courses.pages.models import LessonPage


@pytest.mark.django_db
@pytest.mark.parametrize(("screen", "minutes"), [(1, 10), (2, 8), (3, 5), (4, 3)])
def test_the_minutes_left_fall_with_the_screens_and_never_to_nothing(
    screen: int, minutes: int
) -> None:
    four = [{"type": "screen", "value": {"heading": "x", "content": []}}] * 4
    lesson = LessonPage(title="x", minutes=10, body=json.dumps(four))
    assert lesson.minutes_left(screen) == minutes
