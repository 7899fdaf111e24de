"""Django's entry to the app."""

from django.apps import AppConfig


class TrackingConfig(AppConfig):
    """Names the app to Django."""

    name = "tracking"
