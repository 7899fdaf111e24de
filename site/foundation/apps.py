"""The ground floor: imports no other app of the project."""

from django.apps import AppConfig


class FoundationConfig(AppConfig):
    """Fact batches and the template components."""

    name = "foundation"

    def ready(self) -> None:
        from foundation import tasks  # noqa: F401  (their names are known from the start)
