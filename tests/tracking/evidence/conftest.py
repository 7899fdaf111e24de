"""The small city of the reports, and a catalogue of courses taken elsewhere."""

import pytest

from tests.factories import batch
from tests.tracking.reports.conftest import TODAY, _today, city, signed_in
from tracking.ledger.models import Course, CourseForm

__all__ = ["TODAY", "_today", "city", "courses", "signed_in"]


@pytest.fixture
def courses(city: object) -> None:
    """A web course, a lecture and a module."""
    forms = {"K1": CourseForm.WEB, "DAG": CourseForm.INSTRUCTOR, "MOD": CourseForm.MODULE}
    for code, form in forms.items():
        Course.objects.create(
            code=code, name=f"Kursen {code}", form=form, provider="NCK", batch_in=batch()
        )
