"""Django's entry to the app."""

from django.apps import AppConfig


class TrackingConfig(AppConfig):
    """Names the app to Django."""

    name = "tracking"

    def ready(self) -> None:
        from tracking import jobs  # noqa: F401  (their kinds are known from the start)
        from tracking.audit import signals
        from tracking.privacy.about import register_sections

        signals.connect()
        register_sections()
