"""What only the drill adds to the program: a kind of job, and an address that starts one."""

from django.apps import AppConfig


class FaultsConfig(AppConfig):
    """Registers the drill's job in every process."""

    name = "tests.faults"
    label = "faults"

    def ready(self) -> None:
        from tests.faults import jobs  # noqa: F401  (registers itself)
