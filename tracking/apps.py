"""Django's entry to the app."""

from django.apps import AppConfig


class TrackingConfig(AppConfig):
    """Names the app to Django."""

    name = "tracking"

    def ready(self) -> None:
        from tracking import jobs, tasks  # noqa: F401  (known by name from the start)
        from tracking.api.privacy import ENDED_KEYS, KEYS, forget_keys
        from tracking.audit import signals
        from tracking.privacy.about import register_sections
        from tracking.privacy.deputies import DEPUTIES
        from tracking.privacy.elsewhere import register_elsewhere
        from tracking.privacy.reminders import SECTIONS as REMINDERS_TOLD
        from tracking.privacy.scorecards import SCORECARDS
        from tracking.privacy.sections import register as register_section
        from tracking.retention.log import LOG
        from tracking.retention.people import PEOPLE, register_trace
        from tracking.retention.proofs import PROOFS
        from tracking.retention.reminders import REMINDERS
        from tracking.retention.rules import register

        signals.connect()
        register_sections()
        register_elsewhere()
        register(PEOPLE, LOG, PROOFS, REMINDERS, ENDED_KEYS)
        register_section(KEYS, SCORECARDS, DEPUTIES, *REMINDERS_TOLD)
        register_trace(forget_keys)
