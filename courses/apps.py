"""Django's entry to the app."""

from django.apps import AppConfig


class CoursesConfig(AppConfig):
    """Answers for the quizzes of courses; hears from Wagtail when one is published."""

    name = "courses"

    def ready(self) -> None:
        from django.db.models.signals import post_delete, post_save
        from wagtail.signals import page_published

        from courses import tasks  # noqa: F401  (their names are known from the start)
        from courses.h5p.player.views import frame_address
        from courses.h5p.results import places as h5p_places
        from courses.h5p.results import privacy as h5p_results
        from courses.h5p.results import retention as h5p_retention
        from courses.h5p.results.frames import register_frame
        from courses.h5p.store import privacy as h5p_store
        from courses.h5p.studio import previewing
        from courses.learning import places as lesson_places
        from courses.learning import practice
        from courses.learning import privacy as learning
        from courses.learning.contexts import PREFIX, CourseContext
        from courses.learning.retention import register_traces
        from courses.learning.signals import lesson_published as lesson_demands_less
        from courses.local import privacy as local
        from courses.pages import privacy as pages
        from courses.pages.grading import ungraded_courses
        from courses.pages.models import CoursePage, LessonPage
        from courses.pages.signals import course_published, translation_published
        from courses.search.signals import listen
        from courses.sources.models import LegalReference, Source
        from courses.sources.signals import sources_changed
        from courses.upkeep import privacy as upkeep
        from courses.upkeep.signals import lesson_published
        from quizzes.attempts.contexts import register
        from tracking.targets import grading

        register(PREFIX, CourseContext())
        register(practice.PREFIX, practice.LessonContext())
        h5p_store.register_sections()
        h5p_results.register_sections()
        h5p_retention.register_rules()
        register_frame(frame_address)
        h5p_places.register(lesson_places.LessonPlace.prefix, lesson_places.LessonPlace())
        h5p_places.register(previewing.PREFIX, previewing.PreviewPlace())
        learning.register_sections()
        local.register_sections()
        register_traces()
        pages.register_sections()
        grading.register(ungraded_courses)
        upkeep.register_sections()
        for kind in (Source, LegalReference):
            for announced in (post_save, post_delete):
                announced.connect(
                    sources_changed, sender=kind, dispatch_uid=f"courses.sources.{kind.__name__}"
                )
        page_published.connect(
            course_published, sender=CoursePage, dispatch_uid="courses.course_published"
        )
        page_published.connect(
            lesson_published, sender=LessonPage, dispatch_uid="courses.lesson_published"
        )
        page_published.connect(
            lesson_demands_less, sender=LessonPage, dispatch_uid="courses.lesson_demands_less"
        )
        for kind in (CoursePage, LessonPage):
            page_published.connect(
                translation_published,
                sender=kind,
                dispatch_uid=f"courses.translation_published.{kind.__name__}",
            )
        listen(self)
