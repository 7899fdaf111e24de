"""Django's entry to the app."""

from django.apps import AppConfig


class QuizzesConfig(AppConfig):
    """Names the app to Django."""

    name = "quizzes"
    verbose_name = "Quizzes"

    def ready(self) -> None:
        from wagtail.signals import published

        from quizzes import tasks  # noqa: F401  (their names are known from the start)
        from quizzes.analysis.retention import register_readers
        from quizzes.attempts.privacy import register_sections
        from quizzes.attempts.retention import register_rules
        from quizzes.bank.models import Question
        from quizzes.bank.versions import on_published
        from quizzes.interchange.privacy import register_section as register_files
        from quizzes.regrading import jobs  # noqa: F401  (known by name from the start)
        from quizzes.regrading.privacy import register_sections as register_regradings

        register_sections()
        register_regradings()
        published.connect(on_published, sender=Question)
        register_rules()
        register_files()
        register_readers()
