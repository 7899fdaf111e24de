"""What a proof is of; and what is decided of it."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from foundation.components.fields import DayField
from tracking.evidence.attendance.actions import AttendanceRefused, earliest, refuse_day
from tracking.ledger.models import Course

ACCEPTED = "application/pdf,image/jpeg,image/png,image/heic,image/heif,.pdf,.heic,.heif"


class TakenForm(forms.Form):
    """A course taken elsewhere, and the day."""

    use_required_attribute = False

    kurs = forms.ChoiceField(
        label=_("Course"), error_messages={"required": _("Choose the course.")}
    )
    datum = DayField(
        label=_("The day you completed it"),
        error_messages={"required": _("Give the day.")},
    )

    def __init__(self, *given: Any, courses: Sequence[Course], today: date, **more: Any) -> None:
        super().__init__(*given, **more)
        self.today = today
        kurs = self.fields["kurs"]
        assert isinstance(kurs, forms.ChoiceField)
        kurs.choices = [("", gettext("Choose a course")), *((c.code, _named(c)) for c in courses)]
        bounds = {"min": earliest(today).isoformat(), "max": today.isoformat()}
        self.fields["datum"].widget.attrs.update(bounds)

    def clean_datum(self) -> date:
        """A day gone by, not too long ago."""
        day = self.cleaned_data["datum"]
        assert isinstance(day, date)
        try:
            refuse_day(day, self.today)
        except AttendanceRefused as refused:
            raise ValidationError(str(refused)) from refused
        return day


class HandInForm(TakenForm):
    """The same with its file. A file handed over before stands where none is given."""

    fil = forms.FileField(
        label=_("The proof: PDF or photo"),
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput({"accept": ACCEPTED}),
        help_text=_("At most 15 MB and 10 pages. Your name, the course and the day must be seen."),
        error_messages={"required": _("Choose the file.")},
    )
    meddelande = forms.CharField(
        label=_("Message to whoever looks at it"),
        required=False,
        max_length=300,
        widget=forms.Textarea({"rows": 2}),
    )
    field_order = ("kurs", "datum", "fil", "meddelande")


class VerifyForm(TakenForm):
    """What it shows, put right if need be."""

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        self.fields["datum"].label = gettext("The day it was completed")


class ReasonForm(forms.Form):
    """Why not."""

    use_required_attribute = False

    skal = forms.CharField(
        label=pgettext_lazy("proof", "Reason, which the person reads"),
        max_length=500,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": _("Say why, so that the person knows what to do.")},
    )


def _named(course: Course) -> str:
    return f"{course.name} – {course.provider}" if course.provider else course.name
