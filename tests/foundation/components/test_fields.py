"""A day as people write it."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from foundation.components.fields import DayField


@pytest.mark.parametrize(
    "typed",
    ["2026-05-31", "20260531", "31/5/2026", "31/5 2026", "31.5.2026", "31 maj 2026", "31 May 2026"],
)
@pytest.mark.parametrize("language", ["sv", "en"])
def test_a_day_is_read_however_it_is_written(typed: str, language: str) -> None:
    with translation.override(language):
        assert DayField().clean(f" {typed} ") == date(2026, 5, 31)


@pytest.mark.parametrize("typed", ["31 februari 2026", "31 x 2026", "i maj", "2026-13-01"])
def test_what_is_no_day_is_said_with_an_example(typed: str) -> None:
    with pytest.raises(ValidationError) as said:
        DayField().clean(typed)
    assert "2026-05-31" in said.value.messages[0]


def test_what_the_picker_cannot_show_is_kept_as_text() -> None:
    field = DayField()
    assert 'type="text"' in field.widget.render("day", "31 maj", {})
    assert 'value="31 maj"' in field.widget.render("day", "31 maj", {})
    assert 'type="date"' in field.widget.render("day", date(2026, 5, 31), {})


def test_the_picker_ends_with_the_latest_day() -> None:
    assert DayField(latest=date(2026, 3, 14)).widget.attrs == {"max": "2026-03-14"}
