"""Django's entry to the app."""

from django.apps import AppConfig


class QuizzesConfig(AppConfig):
    """Names the app to Django."""

    name = "quizzes"
    verbose_name = "Quizzes"
