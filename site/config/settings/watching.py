"""What is logged, sentences on a laptop and JSON in production, and who may read the figures."""

from typing import Any

from config import env

LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")


def logging_config(*, as_json: bool, level: str) -> dict[str, Any]:
    """For dictConfig: everything to standard error, in one of two forms."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"tracing": {"()": "config.logs.Tracing"}},
        "formatters": {
            "line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"},
            "json": {"()": "config.logs.JsonFormatter"},
        },
        "handlers": {
            "stderr": {
                "class": "logging.StreamHandler",
                "formatter": "json" if as_json else "line",
                "filters": ["tracing"],
            }
        },
        "root": {"handlers": ["stderr"], "level": "WARNING"},
        "loggers": {
            # Django's own handlers write tracebacks with values, or mail them.
            "django": {"handlers": [], "level": "WARNING", "propagate": True},
            "django.server": {"handlers": [], "level": "WARNING", "propagate": True},
            # A page that is not there is no fault of ours.
            "django.request": {"level": "ERROR"},
            **{name: {"level": level} for name in ("config", "foundation", "courses")},
            **{name: {"level": level} for name in ("quizzes", "tracking")},
        },
    }


LOG_JSON = False
LOG_LEVEL = env.choice("LOG_LEVEL", "WARNING", LEVELS)
LOGGING = logging_config(as_json=LOG_JSON, level=LOG_LEVEL)

# Who brings it may read /halsa/metrics; without one nothing is counted and nobody may.
METRICS_TOKEN = env.required("METRICS_TOKEN", at_least=20) if env.text("METRICS_TOKEN") else ""
