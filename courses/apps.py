"""Django's entry to the app."""

from django.apps import AppConfig


class CoursesConfig(AppConfig):
    """Names the app to Django."""

    name = "courses"
