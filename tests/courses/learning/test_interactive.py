"""What plays in a lesson may be demanded: the lesson is read to its end when that is done."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Locale

from courses.h5p.results.actions import keep_statements, open_content
from courses.h5p.results.models import H5PResult
from courses.h5p.results.statements import read_statement
from courses.h5p.store.models import H5PContent, H5PVersion
from courses.learning.actions import finish_screen
from courses.learning.interactive import left_in, place_of, placed_in
from courses.learning.models import LessonProgress
from courses.learning.queries import course_state
from courses.pages.models import LessonPage
from tests.courses.h5p.results.browsing import Browser
from tests.courses.h5p.results.said import entry, statement
from tests.courses.h5p.stored import store_library, store_version
from tests.courses.makers import make_course, make_lesson, make_user, screen, text
from tracking.ledger.models import Completion
from tracking.organisation.models import User

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)


def block(content: H5PContent, requirement: str = "shown", percent: int | None = None) -> Any:
    return ("interactive", {"content": content, "requirement": requirement, "percent": percent})


@pytest.fixture
def version() -> H5PVersion:
    return store_version([store_library("H5P.MultiChoice")], title="Samtalet")


@pytest.fixture
def anna() -> User:
    return make_user("anna")


def lesson_with(*blocks: Any, screens: int = 2) -> LessonPage:
    """A lesson whose first screen has these blocks, published."""
    rest = [screen(f"Skärm {at}", text("<p>Text.</p>")) for at in range(2, screens + 1)]
    made = make_lesson(make_course(lessons=0), body=[screen("Öva", *blocks), *rest])
    made.save_revision().publish()
    return LessonPage.objects.get(pk=made.pk)


def read(user: User, lesson: LessonPage, *, upto: int | None = None) -> LessonProgress:
    """Its screens, one after the other."""
    for number in range(1, (upto or lesson.screen_count) + 1):
        progress = finish_screen(
            user=user,
            course_code=lesson.course.course_code,
            lesson_key=lesson.learning_key,
            screen=number,
            of=lesson.screen_count,
            now=NOW,
            left=lambda: left_in(user, lesson),
        )
    return progress


def play(user: User, lesson: LessonPage, raw: int | None = None, *, at: int = 0) -> None:
    """Open a block's content and, with points, answer it."""
    demand = placed_in(lesson)[at].demand
    version = H5PVersion.objects.get(content=demand.content)
    content = version.content
    launch = open_content(user=user, content=content, version=version, place=demand.place, now=NOW)
    if raw is not None:
        said = read_statement(entry(statement(raw=raw, of=10)))
        keep_statements(
            launch_id=launch.public_id,
            user=user,
            statements=[said],
            now=NOW + timedelta(minutes=1),
        )


def progress_of(user: User) -> LessonProgress:
    return LessonProgress.objects.get(user=user)


def test_what_is_shown_only_keeps_nothing_back(anna: User, version: H5PVersion) -> None:
    assert read(anna, lesson_with(block(version.content))).completed_at == NOW


@pytest.mark.parametrize(
    ("requirement", "percent", "raw", "done"),
    [
        ("opened", None, None, True),
        ("finished", None, None, False),
        ("finished", None, 0, True),
        ("score", 80, 7, False),
        ("score", 80, 8, True),
    ],
)
def test_a_lesson_is_read_to_its_end_when_what_is_demanded_is_done(
    anna: User,
    version: H5PVersion,
    requirement: str,
    percent: int | None,
    raw: int | None,
    done: bool,
) -> None:
    lesson = lesson_with(block(version.content, requirement, percent))
    play(anna, lesson, raw)
    progress = read(anna, lesson)
    assert (progress.completed_at is not None, progress.waits) == (done, not done)


def test_nothing_but_the_last_screen_asks_what_is_left(anna: User, version: H5PVersion) -> None:
    lesson = lesson_with(block(version.content, "finished"))
    assert read(anna, lesson, upto=1).waits is False


def test_doing_the_last_of_it_after_the_last_screen_completes_the_lesson(
    anna: User, version: H5PVersion
) -> None:
    other = store_version([store_library("H5P.TrueFalse")], title="Påståendet")
    lesson = lesson_with(
        block(version.content, "finished"), block(other.content, "score", 50), screens=3
    )
    read(anna, lesson)
    play(anna, lesson, 1, at=0)
    assert progress_of(anna).completed_at is None
    play(anna, lesson, 4, at=1)
    assert progress_of(anna).completed_at is None
    play(anna, lesson, 5, at=1)
    assert progress_of(anna).completed_at == NOW + timedelta(minutes=1)


def test_doing_all_of_it_without_reading_on_completes_nothing(
    anna: User, version: H5PVersion
) -> None:
    lesson = lesson_with(block(version.content, "finished"))
    read(anna, lesson, upto=1)
    play(anna, lesson, 10)
    assert progress_of(anna).completed_at is None


def test_a_lesson_already_completed_stays_so_when_more_is_demanded(
    anna: User, version: H5PVersion
) -> None:
    lesson = lesson_with(block(version.content))
    read(anna, lesson)
    lesson.body[0].value["content"][0].value["requirement"] = "finished"
    lesson.save_revision().publish()
    lesson = LessonPage.objects.get(pk=lesson.pk)
    assert len(left_in(anna, lesson)) == 1
    assert read(anna, lesson).completed_at == NOW


@pytest.mark.parametrize(
    ("requirement", "done"), [("shown", True), ("opened", True), ("score", False)]
)
def test_who_has_nothing_left_when_an_author_demands_less_has_read_the_lesson(
    anna: User, version: H5PVersion, requirement: str, done: bool
) -> None:
    lesson = lesson_with(block(version.content, "finished"))
    play(anna, lesson)
    read(anna, lesson)
    value = lesson.body[0].value["content"][0].value
    value["requirement"], value["percent"] = requirement, 50
    lesson.save_revision().publish()
    assert (progress_of(anna).completed_at is not None) is done


def test_another_content_in_the_same_block_is_another_thing_to_do(
    anna: User, version: H5PVersion
) -> None:
    lesson = lesson_with(block(version.content, "finished"))
    play(anna, lesson, 10)
    other = store_version([store_library("H5P.TrueFalse")], title="Ett annat")
    lesson.body[0].value["content"][0].value["content"] = other.content
    lesson.save_revision().publish()
    assert read(anna, LessonPage.objects.get(pk=lesson.pk)).waits


def test_a_shared_lesson_and_a_translation_are_the_same_place(
    anna: User, version: H5PVersion
) -> None:
    lesson = lesson_with(block(version.content, "finished"))
    elsewhere = make_course("MOD-ANNAN", slug="annan", lessons=0)
    alias = lesson.create_alias(parent=elsewhere, update_slug="delad")
    alias = LessonPage.objects.get(pk=alias.pk)
    english, _new = Locale.objects.get_or_create(language_code="en")
    copy = lesson.copy_for_translation(english, copy_parents=True)
    copy = LessonPage.objects.get(pk=copy.pk)
    places = [[one.demand.place for one in placed_in(page)] for page in (lesson, alias, copy)]
    block_id = lesson.body[0].value["content"][0].id
    assert places == [[place_of(lesson.translation_key, block_id)]] * 3
    play(anna, alias, 10)
    assert read(anna, lesson).completed_at == NOW
    assert left_in(anna, copy) == []


def test_scores_complete_no_course(anna: User, version: H5PVersion) -> None:
    lesson = lesson_with(block(version.content, "score", 50))
    play(anna, lesson, 10)
    read(anna, lesson)
    assert not Completion.objects.exists()
    assert course_state(anna, lesson.course).completed is False


class TestOnThePage:
    """As a reader meets it."""

    @pytest.fixture
    def lesson(self, version: H5PVersion) -> LessonPage:
        return lesson_with(block(version.content, "score", 80))

    @pytest.fixture
    def client(self, anna: User) -> Client:
        client = Client()
        client.force_login(anna)
        return client

    def test_the_last_screen_says_what_is_left_and_where(
        self, client: Client, lesson: LessonPage
    ) -> None:
        html = client.get(lesson.screen_url(2)).content.decode()
        place = placed_in(lesson)[0].demand.place.replace(":", "").replace("/", "")
        assert f'href="{lesson.url}#h5p-{place}"' in html
        assert "Nå 80 % av poängen i ”Samtalet”" in html

    def test_no_other_screen_says_it_nor_the_last_one_when_it_is_done(
        self, client: Client, lesson: LessonPage, anna: User
    ) -> None:
        assert "Kvar att göra" not in client.get(lesson.url).content.decode()
        play(anna, lesson, 9)
        assert "Kvar att göra" not in client.get(lesson.screen_url(2)).content.decode()

    def test_going_on_is_never_kept_back_and_is_told_what_has_not_counted(
        self, client: Client, lesson: LessonPage, anna: User
    ) -> None:
        answer = client.post(reverse("learning:reach", args=[lesson.pk, 2]), follow=True)
        assert answer.redirect_chain == [(lesson.course.url, 303)]
        html = answer.content.decode()
        assert "räknas som läst när du har gjort det som är kvar: Nå 80 % av poängen" in html
        assert "något kvar att göra" in html
        assert course_state(anna, lesson.course).lessons[0].waits

    def test_played_in_the_browser_it_completes_the_lesson(
        self, lesson: LessonPage, anna: User, version: H5PVersion
    ) -> None:
        browser = Browser(anna)
        browser.client.post(reverse("learning:reach", args=[lesson.pk, 2]))
        place = placed_in(lesson)[0].demand.place
        launch = browser.launch(version, place=place)
        answer = browser.say(launch, entry(statement(raw=9, of=10))).json()
        assert answer["met"] is True
        assert progress_of(anna).completed_at is not None
        assert H5PResult.objects.get().place == place

    def test_nothing_is_opened_in_a_lesson_where_it_does_not_stand(
        self, lesson: LessonPage, anna: User, version: H5PVersion
    ) -> None:
        other = store_version([store_library("H5P.TrueFalse")])
        browser, place = Browser(anna), placed_in(lesson)[0].demand.place
        assert browser.open(other, place).status_code == 404
        assert browser.open(version, f"{place}x").status_code == 404
        lesson.unpublish()
        assert browser.open(version, place).status_code == 404

    def test_a_screen_where_something_plays_asks_little_more(
        self, client: Client, version: H5PVersion, lesson: LessonPage
    ) -> None:
        plain = make_lesson(lesson.course, 2, screens=2)

        def queries(url: str) -> int:
            client.get(url)
            with CaptureQueriesContext(
                connection,
            ) as asked:
                client.get(url)
            return len(asked)

        first, last = queries(lesson.screen_url(1)), queries(lesson.screen_url(2))
        assert last - queries(plain.screen_url(2)) <= 2  # what is reported, and its title
        assert first - queries(plain.screen_url(1)) <= 4  # content and version, and both of them


def test_what_is_read_late_is_told_in_its_own_time(anna: User, version: H5PVersion) -> None:
    """The moment is the server's, whatever the statement says of itself."""
    lesson = lesson_with(block(version.content, "finished"))
    play(anna, lesson, 10)
    assert H5PResult.objects.get().finished_at == NOW + timedelta(minutes=1)
    assert timezone.is_aware(H5PResult.objects.get().finished_at)
