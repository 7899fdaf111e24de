"""Imports only ever point down (DESIGN: config, courses, quizzes, tracking, foundation)."""

from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports


def test_imports_only_ever_point_down() -> None:
    assert lint_imports(no_cache=True) == EXIT_STATUS_SUCCESS
