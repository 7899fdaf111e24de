"""Form fields a tired person can use."""

import re
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.dates import MONTHS
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from foundation.intervals import STOCKHOLM, moment_known

FORMATS = ["%Y-%m-%d", "%Y%m%d", "%d/%m/%Y", "%d/%m %Y", "%d.%m.%Y"]
IN_WORDS = re.compile(r"(\d{1,2})\s+([a-zåäö]+)\.?\s+(\d{4})", re.IGNORECASE)
ISO = re.compile(r"(\d{4}-\d{2}-\d{2})?")
LANGUAGES = ("sv", "en", "fi")
# In an address a plus sign that was not written as %2B comes out as a space.
LOST_PLUS = re.compile(r"(.*T.*) (\d{2}:?\d{2})")
INVALID = _("Write the date as year-month-day, for example 2026-05-31, or as 31 May 2026.")


class DayInput(forms.DateInput):
    """The browser's own picker; what can't be shown in one is kept, as text to put right."""

    input_type = "date"

    def __init__(self, attrs: dict[str, str] | None = None) -> None:
        super().__init__(attrs=attrs, format="%Y-%m-%d")

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        if isinstance(value, str) and not ISO.fullmatch(value):
            context["widget"]["type"] = "text"
        return context


class DayField(forms.DateField):
    """A day: the browser's own picker, and what people type where there is none.

    "2026-05-31", "20260531", "31/5 2026", "31.5.2026", "31 maj 2026" and "31 May 2026" are all
    the same day. `latest` is the last day the picker offers; what may be asked is the form's rule.
    """

    def __init__(self, *, latest: date | None = None, **given: Any) -> None:
        given.setdefault("widget", DayInput({"max": latest.isoformat()} if latest else None))
        given.setdefault("input_formats", FORMATS)
        messages: dict[str, str | Promise] = {"invalid": INVALID}
        given["error_messages"] = messages | (given.get("error_messages") or {})
        super().__init__(**given)

    def to_python(self, value: Any) -> Any:
        """The day; raises ValidationError for what is none."""
        found = IN_WORDS.fullmatch(value.strip()) if isinstance(value, str) else None
        month = _month(found[2].lower()) if found else 0
        if found and month:
            value = f"{found[3]}-{month:02}-{int(found[1]):02}"
        return super().to_python(value)


class MomentField(DayField):
    """A moment of knowledge: a day, which stands for its end in Stockholm, as commands read it.

    An address may also say it to the second, in ISO 8601 with offset.
    """

    def to_python(self, value: Any) -> Any:
        """The moment; raises ValidationError for what is none."""
        if isinstance(value, str) and "T" in value:
            try:
                return moment_known(LOST_PLUS.sub(r"\1+\2", value.strip()))
            except ValueError as error:
                raise ValidationError(INVALID, code="invalid") from error
        day = super().to_python(value)
        return None if day is None else datetime.combine(day, time.max, STOCKHOLM)


def _month(word: str) -> int:
    """The number of the month that begins so, three letters at least, in any language; 0: none."""
    for language in LANGUAGES:
        with override(language):
            for number, name in MONTHS.items():
                if len(word) >= 3 and str(name).lower().startswith(word):
                    return int(number)
    return 0
