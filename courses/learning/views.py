"""Min utbildning, moving through a course, beginning its quiz, and the certificate."""

from datetime import date
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from courses.learning.actions import finish_screen, person_of, start_course
from courses.learning.interactive import left_in, told
from courses.learning.practice import practice
from courses.learning.queries import CourseState, context_of, course_state
from courses.learning.quiz_intro import quiz_intro
from courses.learning.training import my_training
from courses.pages.models import CoursePage, LessonPage
from courses.pages.queries import course_of, course_page_for
from foundation.intervals import today
from quizzes.attempts.actions import MustWait, NothingToAsk, NoTriesLeft, start_attempt
from quizzes.bank.models import Quiz
from tracking.ledger.models import Certificate
from tracking.ledger.queries import known_courses, own_certificate
from tracking.organisation.models import User
from tracking.status.queries import status_table


def _user(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # every view here needs a log-in
    return request.user


def _see_other(url: str) -> HttpResponse:
    return HttpResponseRedirect(url, status=HTTPStatus.SEE_OTHER)


@require_safe
def training(request: HttpRequest) -> HttpResponse:
    """Min utbildning: what must I do, by when, and how long will it take?"""
    user, day = _user(request), today()
    mine = my_training(user, person_of(user), on=day)
    context = {"mine": mine, "today": day, "has_person": person_of(user) is not None}
    return render(request, "learning/my_training.html", context)


def _published() -> QuerySet[CoursePage]:
    """Courses one can take; a copy that nobody gave a code yet is none."""
    pages: QuerySet[CoursePage] = CoursePage.objects.live().exclude(course_code="")
    return pages


@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: HttpRequest, page_id: int) -> HttpResponse:
    """Begin a course, or go on where one left it. GET, as after a log-in, shows the course."""
    page = get_object_or_404(_published(), pk=page_id)
    if request.method != "POST":
        return redirect(page.url)
    user = _user(request)
    start_course(user=user, course_code=page.course_code, now=timezone.now())
    return _see_other(course_state(user, page).resume_url)


@require_http_methods(["GET", "HEAD", "POST"])
def reach(request: HttpRequest, page_id: int, screen: int) -> HttpResponse:
    """Finish a screen of a lesson; on to the next one, the next lesson or the final quiz.

    GET, as after a log-in, shows the screen. The page's script asks for where to go as JSON, so
    that it can stay where it is when no answer comes.
    """
    lesson = get_object_or_404(LessonPage.objects.live(), pk=page_id)
    count = lesson.screen_count
    if not 1 <= screen <= count:
        raise Http404
    course = course_of(lesson)
    if course is None:
        raise Http404
    if request.method != "POST":
        return redirect(lesson.screen_url(screen))
    user = _user(request)
    progress = finish_screen(
        user=user,
        course_code=course.course_code,
        lesson_key=lesson.learning_key,
        screen=screen,
        of=count,
        now=timezone.now(),
        left=lambda: left_in(user, lesson),
    )
    if screen == count and progress.waits:
        # Nobody is kept from going on; but what has not counted yet is said.
        messages.info(request, _words_of_left(user, lesson))
    url = lesson.screen_url(screen + 1) if screen < count else _after(user, course, lesson)
    if request.headers.get("X-Requested-With") == "fetch":
        return JsonResponse({"next": url})
    return _see_other(url)


def _words_of_left(user: User, lesson: LessonPage) -> str:
    left = ", ".join(one.words for one in told(lesson, left_in(user, lesson)))
    return _("“%(lesson)s” counts as read once you have done what is left: %(left)s.") % {
        "lesson": lesson.title,
        "left": left,
    }


def _after(user: User, course: CoursePage, lesson: LessonPage) -> str:
    state: CourseState = course_state(user, course)
    lessons = [one.page.translation_key for one in state.lessons]
    here = lesson.translation_key
    following = lessons.index(here) + 1 if here in lessons else len(lessons)
    if following < len(lessons):
        return str(state.lessons[following].page.screen_url(1))
    return state.quiz_url or str(course.url)


@require_http_methods(["GET", "HEAD", "POST"])
def quiz(request: HttpRequest, page_id: int) -> HttpResponse:
    """Before the final quiz: all that holds for it, in words. POST begins it."""
    page = get_object_or_404(_published().select_related("quiz"), pk=page_id)
    if page.quiz is None or not page.quiz.live:
        raise Http404
    context = {
        "page": page,
        "back_url": page.url,
        "state": course_state(_user(request), page),
    }
    return _before(request, page.quiz, page.course_code, context_of(page.course_code), context)


@require_http_methods(["GET", "HEAD", "POST"])
def lesson_quiz(request: HttpRequest, page_id: int, quiz_id: int) -> HttpResponse:
    """Before a quiz to practise on, as before the final one. POST begins it."""
    found = practice(page_id, quiz_id)
    if found is None:
        raise Http404
    context = {"page": found.lesson, "back_url": found.screen_url, "is_practice": True}
    course_code = found.lesson.course.course_code
    return _before(request, found.quiz, course_code, found.context, context)


def _before(
    request: HttpRequest, asked: Quiz, course_code: str, where: str, context: dict[str, Any]
) -> HttpResponse:
    """The page before a quiz, or on to it."""
    user, now, refusal = _user(request), timezone.now(), ""
    if request.method == "POST":
        try:
            start_course(user=user, course_code=course_code, now=now)
            attempt = start_attempt(user=user, quiz=asked, context=where, now=now)
        except NoTriesLeft:
            refusal = "tries"
        except MustWait:
            refusal = "wait"
        except NothingToAsk:
            refusal = "empty"
        else:
            return redirect("quizzes:take", attempt.public_id)
    intro = quiz_intro(user, asked, where, now=now)
    shown = context | {"quiz": asked, "intro": intro, "refusal": refusal}
    return render(request, "learning/quiz_intro.html", shown, status=409 if refusal else 200)


@require_safe
def certificate(request: HttpRequest, certificate_id: UUID) -> HttpResponse:
    """One's own certificate: what was completed when, and until when it counts."""
    person = person_of(_user(request))
    if person is None:
        raise Http404
    try:
        shown = own_certificate(person, certificate_id)
    except Certificate.DoesNotExist as error:
        raise Http404 from error
    completion = shown.completion
    code = completion.course_code
    day = today()
    table = status_table(as_of=day, persons=[person.pk])
    context = {
        "certificate": shown,
        "completion": completion,
        "person": person,
        "course": known_courses([code]).get(code),
        "page": course_page_for(code),
        "content_published": _day_of(completion.judged_by.get("content_published")),
        "targets": [
            (table.targets[result.target], result)
            for result in table.results
            if code in table.targets[result.target].course_codes
        ],
        "today": day,
    }
    return render(request, "learning/certificate.html", context)


def _day_of(kept: str | None) -> date | None:
    """A day as a completion keeps it; older ones keep none."""
    return date.fromisoformat(kept) if kept else None
