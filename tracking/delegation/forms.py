"""Finding a deputy, and for which unit and how long."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from foundation.components.fields import DayField
from tracking.exemptions.forms import Refusable
from tracking.organisation.models import Person


class SearchForm(forms.Form):
    """Words of a name among one's own staff, or somebody's exact HR key or e-mail address."""

    use_required_attribute = False

    sok = forms.CharField(
        label=_("Who?"),
        max_length=254,
        help_text=_(
            "A name among your own staff. Somebody else in the city: the whole e-mail address, "
            "or HR's key."
        ),
        error_messages={"required": _("Write a name, an e-mail address or HR's key.")},
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"}),
    )


class DelegationForm(Refusable):
    """Which of those found, which unit, which days."""

    sok = forms.CharField(widget=forms.HiddenInput, max_length=254)
    person = forms.ChoiceField(
        label=_("Deputy"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose who it is.")},
    )
    enhet = forms.ChoiceField(label=_("Unit, with all below it"))
    fran = DayField(label=_("First day"), error_messages={"required": _("Give the first day.")})
    till = DayField(
        label=_("Last day"),
        help_text=_("A year ahead at most. You can end it earlier at any time."),
        error_messages={"required": _("Give the last day.")},
    )

    def __init__(
        self,
        *given: Any,
        people: Sequence[Person],
        units: Sequence[tuple[str, str]],
        **named: Any,
    ) -> None:
        super().__init__(*given, **named)
        for name, choices in (
            ("person", [(str(one.public_id), one.full_name or one.person_id) for one in people]),
            ("enhet", list(units)),
        ):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = choices
        if len(people) == 1:
            self.fields["person"].initial = str(people[0].public_id)
