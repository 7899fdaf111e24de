"""What the address of the log asks for."""

from datetime import date, datetime, time, timedelta

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from foundation.components.fields import DayField
from foundation.intervals import STOCKHOLM
from foundation.sorting import swedish
from tracking.audit.models import AuditEntry, AuditEvent
from tracking.organisation.queries import OrganisationDay


class LogForm(forms.Form):
    """Event, days and unit; all of them may be left out."""

    use_required_attribute = False

    handelse = forms.ChoiceField(label=_("Event"), required=False)
    fran = DayField(label=_("From"), required=False)
    till = DayField(label=_("Through"), required=False)
    enhet = forms.ChoiceField(label=_("Unit"), required=False)

    def __init__(self, asked: QueryDict, *, tree: OrganisationDay):
        """`tree`: the units to choose among."""
        super().__init__(asked)
        self._choose("handelse", [(one.value, str(one.label)) for one in AuditEvent])
        self._choose("enhet", [(unit.code, unit.name) for unit in tree.units.values()])

    def entries(self) -> QuerySet[AuditEntry]:
        """What was asked for, latest first; only of a valid form."""
        found = AuditEntry.objects.select_related("actor__person").order_by("-sequence")
        asked = self.cleaned_data
        if asked["handelse"]:
            found = found.filter(event=asked["handelse"])
        if asked["enhet"]:
            found = found.filter(unit=asked["enhet"])
        if asked["fran"]:
            found = found.filter(moment__gte=_midnight(asked["fran"]))
        if asked["till"] and asked["till"] < date.max:
            found = found.filter(moment__lt=_midnight(asked["till"] + timedelta(days=1)))
        return found

    def said(self) -> dict[str, str]:
        """What was asked for, as the log keeps it."""
        asked = self.cleaned_data.items()
        return {name: str(value) for name, value in asked if value and name != "enhet"}

    def _choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        named = sorted(choices, key=lambda choice: (swedish(choice[1]), choice[0]))
        field.choices = [("", _("All")), *named]


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, STOCKHOLM)
