"""What a new key is to be called, open, and last."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from foundation.components.fields import DayField
from tracking.api.rules import latest_day, may_open_people
from tracking.organisation.roles import Roles

PROPOSED = timedelta(days=90)
FIGURES, PEOPLE = "siffror", "personer"


class KeyForm(forms.Form):
    """Name, what it opens, last day."""

    use_required_attribute = False

    name = forms.CharField(
        label=_("What the key is for"),
        max_length=80,
        help_text=_("For example “Power BI, the district's follow-up”. Each program gets its own."),
        error_messages={"required": _("Write what the key is for, so that you know it later.")},
    )
    opens = forms.ChoiceField(
        label=_("What the key opens"),
        choices=[
            (FIGURES, _("Figures only: units and targets, nobody by name")),
            (PEOPLE, _("Figures, and status per person")),
        ],
        initial=FIGURES,
        widget=forms.RadioSelect,
        help_text=_(
            "Choose figures only unless the program must have people: what it fetches is written "
            "down, and lies then where our rules of access do not reach."
        ),
    )
    last_day = DayField(label=_("Last day"), help_text=_("At most a year ahead."))

    def __init__(self, *given: Any, roles: Roles, today: date) -> None:
        super().__init__(*given)
        self.initial = {"last_day": today + PROPOSED, "opens": FIGURES}
        self.today = today
        picker = self.fields["last_day"].widget
        picker.attrs |= {"min": today.isoformat(), "max": latest_day(today).isoformat()}
        if not may_open_people(roles):
            del self.fields["opens"]

    def clean_last_day(self) -> date:
        """From today to a year ahead."""
        day: date = self.cleaned_data["last_day"]
        if not self.today <= day <= latest_day(self.today):
            text = gettext("Choose a day from today to %(day)s.")
            raise ValidationError(text % {"day": latest_day(self.today).isoformat()})
        return day

    @property
    def opens_people(self) -> bool:
        """Whether the key is to show people."""
        return self.cleaned_data.get("opens") == PEOPLE
