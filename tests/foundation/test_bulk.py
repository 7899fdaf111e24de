"""Rows written in bulk are the rows that were given, whatever characters they hold."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.bulk import insert_rows
from tracking.status.models import UnitCount

pytestmark = pytest.mark.django_db

NAMES = ("generation", "unit_code", "target_code", "area", "exempt", "done", "expired")
REST = ("overdue", "started", "not_started")
TEXTS = st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]), max_size=20)


@given(st.lists(TEXTS, unique=True, max_size=5))
def test_texts_come_back_as_they_were(texts: list[str]) -> None:
    UnitCount.objects.all().delete()
    rows = [(1, text, f"{at}", text, at, -at, 0, 0, 0, 0) for at, text in enumerate(texts)]
    assert insert_rows(UnitCount, NAMES + REST, rows) == len(texts)
    found = UnitCount.objects.order_by("exempt").values_list("unit_code", "area", "done")
    assert list(found) == [(text, text, -at) for at, text in enumerate(texts)]
