"""The ground floor: imports no other app of the project."""

from django.apps import AppConfig


class FoundationConfig(AppConfig):
    """Fact batches and the template components."""

    name = "foundation"

    def ready(self) -> None:
        # SQLite learns the order when it is opened; tasks' names are known from the start.
        from foundation import sorting, tasks  # noqa: F401
