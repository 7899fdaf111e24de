"""The top app: commands, checks and the demo city."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """Holds what belongs to the installation and to no single app."""

    name = "config"
    verbose_name = "Kompetens mot våld"

    def ready(self) -> None:
        from django.conf import settings

        from config import (  # noqa: F401  (they register themselves)
            celery,
            checks,
            languages,
        )
        from config.logs import log_crashes
        from config.sign_in import sessions  # noqa: F401  (hears who signs in)
        from config.sign_in.privacy import register_sections
        from config.sign_in.retention import register_rules

        register_sections()
        register_rules()

        if settings.LOG_JSON:
            log_crashes()
