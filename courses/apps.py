"""Django's entry to the app."""

from django.apps import AppConfig


class CoursesConfig(AppConfig):
    """Answers for the quizzes of courses; hears from Wagtail when one is published."""

    name = "courses"

    def ready(self) -> None:
        from wagtail.signals import page_published

        from courses import tasks  # noqa: F401  (their names are known from the start)
        from courses.learning import practice
        from courses.learning import privacy as learning
        from courses.learning.contexts import PREFIX, CourseContext
        from courses.learning.retention import register_traces
        from courses.pages import privacy as pages
        from courses.pages.models import CoursePage
        from courses.pages.signals import course_published
        from quizzes.attempts.contexts import register

        register(PREFIX, CourseContext())
        register(practice.PREFIX, practice.LessonContext())
        learning.register_sections()
        register_traces()
        pages.register_sections()
        page_published.connect(
            course_published, sender=CoursePage, dispatch_uid="courses.course_published"
        )
