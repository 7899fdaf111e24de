"""What a report's address may ask for; parameters are Swedish, as addresses are."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from foundation.components.fields import DayField, MomentField
from foundation.components.statuses import LOOKS
from foundation.intervals import STOCKHOLM
from tracking.reports.staff import StaffFilters, StaffReport

Choices = list[tuple[str, str | Promise]]
Units = list[tuple[str, str]]  # code, name

# Rows of the matrix a page: what is quick to look over, and what a large unit is printed with.
ROWS_A_PAGE, MANY_ROWS = 100, 500


class DayForm(forms.Form):
    """The day of a report, and what was known when."""

    use_required_attribute = False
    # Whether the page asks what was known when; else an address may, and then the page says so.
    asks_knowledge = False

    datum = DayField(label=_("As of"), required=False)
    kand = MomentField(
        label=_("As known on"),
        help_text=_("Empty: with what is known today."),
        required=False,
    )

    def __init__(self, asked: QueryDict, *, today: date):
        data = asked.copy()
        data.setdefault("datum", today.isoformat())
        super().__init__(data)
        self.today = today
        for name in ("datum", "kand"):
            self.fields[name].widget.attrs["max"] = today.isoformat()
        if not self.asks_knowledge and not data.get("kand"):
            del self.fields["kand"]

    def clean_datum(self) -> date:
        """Today when left out; a day to come has no answer yet."""
        day = self.cleaned_data["datum"] or self.today
        refuse_to_come(day, self.today)
        assert isinstance(day, date)
        return day

    def clean_kand(self) -> datetime | None:
        """None when left out: with what is known now."""
        moment: datetime | None = self.cleaned_data["kand"]
        if moment is not None:
            refuse_to_come(moment.astimezone(STOCKHOLM).date(), self.today)
        return moment

    @property
    def as_of(self) -> date:
        """The day asked for; today where that is none, which the form will say."""
        asked = _asked(self, "datum")
        return min(asked, self.today) if isinstance(asked, date) else self.today

    @property
    def known_at(self) -> datetime | None:
        """The moment of knowledge asked for; None, now, also where that is no moment."""
        asked = _asked(self, "kand")
        return asked if isinstance(asked, datetime) else None


def refuse_to_come(day: date, today: date) -> None:
    """Raises ValidationError for a day after today."""
    if day > today:
        raise ValidationError(gettext("That day has not come yet. Choose today or earlier."))


def _asked(form: forms.Form, name: str) -> object:
    if name not in form.fields:
        return None
    try:
        return form.fields[name].clean(form.data.get(name))
    except ValidationError:
        return None


class AsOfForm(DayForm):
    """The day and the unit of a report."""

    enhet = forms.ChoiceField(
        label=_("Unit"),
        required=False,
        error_messages={
            "invalid_choice": _("That unit was not there on that day, or is not yours to see.")
        },
    )

    def __init__(
        self,
        asked: QueryDict,
        *,
        units_on: Callable[[date, datetime | None], Units],
        today: date,
    ):
        """`units_on`: those the reader may choose among on a day as known at a moment, the first
        being the default.
        """
        super().__init__(asked, today=today)
        self.units = units_on(self.as_of, self.known_at)
        field = self.fields["enhet"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = self.units
        wanted = self.data.get("enhet")
        # What was asked for in vain is shown among what can be chosen instead.
        if len(self.units) < 2 and (not wanted or wanted in dict(self.units)):
            field.widget = forms.HiddenInput()

    def clean_enhet(self) -> str:
        """The first unit when left out."""
        return str(self.cleaned_data["enhet"] or (self.units[0][0] if self.units else ""))


class FiguresForm(AsOfForm):
    """The same for figures, and what to show of them. What is not there gives an empty page."""

    omrade = forms.CharField(required=False, widget=forms.HiddenInput)
    programmal = forms.CharField(required=False, widget=forms.HiddenInput)
    niva = forms.CharField(required=False, widget=forms.HiddenInput)
    mal = forms.CharField(required=False, widget=forms.HiddenInput)

    asks_knowledge = True
    field_order: tuple[str, ...] = ("datum", "kand", "enhet")


class SwedishNames(forms.Select):
    """A list whose choices are names of the city's own, read in Swedish in any language."""

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option: dict[str, Any] = super().create_option(name, value, *args, **kwargs)
        if value:
            option["attrs"]["lang"] = "sv"
        return option


class StaffFilterForm(forms.Form):
    """The filters and the order of the matrix; its choices come from the report itself."""

    use_required_attribute = False

    namn = forms.CharField(label=_("Name"), required=False, max_length=100)
    underenhet = forms.ChoiceField(label=_("Unit below"), required=False, widget=SwedishNames)
    omrade = forms.ChoiceField(label=_("Business area"), required=False, widget=SwedishNames)
    befattning = forms.ChoiceField(
        label=pgettext_lazy("employment", "Role"), required=False, widget=SwedishNames
    )
    mal = forms.ChoiceField(label=_("Knowledge target"), required=False, widget=SwedishNames)
    status = forms.ChoiceField(label=_("Status"), required=False)
    forsenade = forms.BooleanField(label=_("Only overdue"), required=False)
    grupp = forms.BooleanField(label=_("Group by unit"), required=False)
    antal = forms.CharField(required=False, widget=forms.HiddenInput)
    sortera = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, asked: QueryDict, *, report: StaffReport):
        """Choices are those of people seen by name, so that none leads to a protected one."""
        said = asked.copy()
        said["omrade"] = report.area
        super().__init__(said)
        self.sorts = {"namn", "enhet", "forsenade", *(target.code for target in report.targets)}
        everything: Choices = [("", _("All"))]
        self._choose("underenhet", everything + list(report.units))
        areas: Choices = [*report.areas]
        if report.area and report.area not in dict(areas):
            areas.append((report.area, str(asked.get("omrade", ""))))
        self._choose("omrade", everything + areas)
        self._choose("befattning", everything + [(name, name) for name in report.positions])
        self._choose("mal", everything + [(row.code, row.name) for row in report.targets])
        self._choose("status", everything + [(code, look.label) for code, look in LOOKS.items()])
        if not report.units:
            del self.fields["underenhet"]
            del self.fields["grupp"]
        if not areas:
            del self.fields["omrade"]

    def clean_sortera(self) -> str:
        """By name, unless asked for a column there is."""
        asked = str(self.cleaned_data["sortera"])
        return asked if asked.removeprefix("-") in self.sorts else "namn"

    def clean_antal(self) -> int:
        """As many rows a page as are offered, unless the larger number is asked for."""
        asked = str(self.cleaned_data["antal"])
        return MANY_ROWS if asked == str(MANY_ROWS) else ROWS_A_PAGE

    @property
    def filters(self) -> StaffFilters:
        """What was asked for; only of a valid form."""
        asked = self.cleaned_data
        return StaffFilters(
            unit=asked.get("underenhet", ""),
            area=asked.get("omrade", ""),
            position=asked["befattning"],
            target=asked["mal"],
            status=asked["status"],
            overdue=asked["forsenade"],
            name=asked["namn"].strip(),
            sort=asked["sortera"],
        )

    @property
    def by_unit(self) -> bool:
        """Whether the rows stand by the units directly below; only of a valid form."""
        return bool(self.cleaned_data.get("grupp"))

    def _choose(self, name: str, choices: Choices) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices
