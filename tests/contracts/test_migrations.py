"""What the models say and what the migrations make are one thing."""

from io import StringIO

import pytest
from django.apps import apps
from django.core.management import call_command

OURS = {"config", "courses", "quizzes", "tracking", "foundation"}


@pytest.mark.django_db
def test_no_model_has_changed_without_a_migration() -> None:
    said = StringIO()
    call_command("makemigrations", *_with_migrations(), "--check", "--dry-run", stdout=said)


def _with_migrations() -> list[str]:
    return sorted(app.label for app in apps.get_app_configs() if app.label in OURS)
