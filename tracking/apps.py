"""Django's entry to the app."""

from django.apps import AppConfig


class TrackingConfig(AppConfig):
    """Names the app to Django."""

    name = "tracking"

    def ready(self) -> None:
        from tracking import jobs, tasks  # noqa: F401  (known by name from the start)
        from tracking.audit import signals
        from tracking.privacy.about import register_sections

        signals.connect()
        register_sections()
