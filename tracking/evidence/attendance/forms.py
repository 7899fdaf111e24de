"""What was taken, when, and by whom."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from foundation.components.fields import DayField
from tracking.evidence.attendance.actions import AttendanceRefused, earliest, refuse_day
from tracking.ledger.models import Course

MOST_CHOSEN = 300


class OccasionForm(forms.Form):
    """The course, the day, and whose staff to list. Asked by the address."""

    use_required_attribute = False

    kurs = forms.ChoiceField(
        label=_("Course"), error_messages={"required": _("Choose the course.")}
    )
    datum = DayField(
        label=_("The day it was taken"),
        error_messages={"required": _("Give the day.")},
    )
    enhet = forms.ChoiceField(label=_("Unit"), error_messages={"required": _("Choose the unit.")})

    def __init__(
        self,
        asked: QueryDict | None,
        *,
        courses: Sequence[Course],
        units: Sequence[tuple[str, str]],
        today: date,
        initial: dict[str, str] | None = None,
    ) -> None:
        super().__init__(asked, initial=initial)
        self.today = today
        kurs, enhet = self.fields["kurs"], self.fields["enhet"]
        assert isinstance(kurs, forms.ChoiceField)
        assert isinstance(enhet, forms.ChoiceField)
        kurs.choices = [("", gettext("Choose a course")), *((c.code, _named(c)) for c in courses)]
        enhet.choices = list(units)
        self.has_units = bool(units)
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


def _named(course: Course) -> str:
    return f"{course.name} – {course.provider}" if course.provider else course.name


def public_ids(asked: QueryDict, name: str = "person") -> list[UUID]:
    """The people an address or a form names; what is no public id is nobody's."""
    found = []
    for value in asked.getlist(name)[:MOST_CHOSEN]:
        try:
            found.append(UUID(value))
        except ValueError:
            continue
    return list(dict.fromkeys(found))
