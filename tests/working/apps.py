"""Makes the tasks of these tests known to a worker."""

from django.apps import AppConfig


class WorkingConfig(AppConfig):
    name = "tests.working"
    label = "tests_working"

    def ready(self) -> None:
        from tests.working import tasks  # noqa: F401
