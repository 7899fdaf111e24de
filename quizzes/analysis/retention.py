"""Has the figures kept before what they are counted from is deleted."""

from collections.abc import Collection

from quizzes.attempts.retention import register_reader


def register_readers() -> None:
    """Add it; called once, when the app is ready."""
    register_reader(_keep_figures)


def _keep_figures(attempts: Collection[int]) -> None:
    # Pandas is loaded where it is used: most processes never do.
    from quizzes.analysis.actions import aggregate_before_deletion

    aggregate_before_deletion(attempts)
