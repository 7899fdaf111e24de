"""Django's entry to the app."""

from django.apps import AppConfig


class TrackingConfig(AppConfig):
    """Names the app to Django."""

    name = "tracking"

    def ready(self) -> None:
        from tracking import jobs, tasks  # noqa: F401  (known by name from the start)
        from tracking.audit import signals
        from tracking.privacy.about import register_sections
        from tracking.retention.log import LOG
        from tracking.retention.people import PEOPLE
        from tracking.retention.rules import register

        signals.connect()
        register_sections()
        register(PEOPLE, LOG)
