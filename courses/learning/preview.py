"""A course as its author previews it: every lesson there is, as drafts, and nobody's progress."""

from dataclasses import dataclass

from django.urls import reverse

from courses.learning.queries import CourseState, LessonState
from courses.pages.models import CoursePage, LessonPage


@dataclass(frozen=True, slots=True)
class PreviewedState(CourseState):
    """Nothing is begun; the quiz is tried where it is edited."""

    @property
    def quiz_url(self) -> str | None:
        """Where the quiz is edited, and tried."""
        quiz = self.page.quiz
        if quiz is None:
            return None
        viewset = type(quiz).snippet_viewset
        return reverse(viewset.get_url_name("edit"), args=[quiz.pk])


def previewed_state(page: CoursePage) -> PreviewedState:
    """The course with its lessons as they were last saved, published or not."""
    lessons = LessonPage.objects.child_of(page).order_by("path") if page.pk else []
    return PreviewedState(
        page=page,
        started=False,
        lessons=[
            LessonState(
                page=lesson.get_latest_revision_as_object(),
                url=reverse("wagtailadmin_pages:view_draft", args=[lesson.pk]),
                done=False,
                current=False,
            )
            for lesson in lessons
        ],
        quiz_passed=False,
        completed_on=None,
        certificate_url=None,
    )
