"""What a manager says of an exemption, in the words of the page."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from foundation.cells import Fault
from foundation.components.fields import DayField
from tracking.exemptions.rules import (
    LONGEST_WORDS,
    Asked,
    Reason,
    faults_of_words,
    reason_in_words,
)


class Refusable(forms.Form):
    """A form that shows what an action refused: the value, and what was expected."""

    use_required_attribute = False

    def refuse(self, faults: Iterable[Fault]) -> None:
        """Say what is wrong, each by its field."""
        for fault in faults:
            expected = gettext("expected %(what)s") % {"what": fault.expected}
            words = f"{fault.value}: {expected}" if fault.value else expected
            self.add_error(fault.column if fault.column in self.fields else None, words)


class ExemptionForm(Refusable):
    """The target, the days and the reason; the people stand beside the form."""

    mal = forms.ChoiceField(
        label=_("Knowledge target"), error_messages={"required": _("Choose the target.")}
    )
    fran = DayField(label=_("First day"), error_messages={"required": _("Give the first day.")})
    till = DayField(
        label=_("Last day"),
        help_text=_("At most two years ahead. Then the target applies again."),
        error_messages={"required": _("Give the last day: an exemption holds for a time.")},
    )
    skal = forms.ChoiceField(
        label=_("Reason"),
        choices=Reason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the reason.")},
    )
    egna_ord = forms.CharField(
        label=_("In your own words"),
        required=False,
        widget=forms.Textarea({"rows": 3, "maxlength": str(LONGEST_WORDS)}),
        help_text=_(
            "The person reads it. Write nothing about health, sick leave or anything private: "
            "leave that counts comes from the staff register by itself."
        ),
    )

    def __init__(self, *given: Any, targets: Sequence[tuple[str, str]], **named: Any) -> None:
        super().__init__(*given, **named)
        field = self.fields["mal"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", gettext("Choose a target")), *targets]

    def clean(self) -> dict[str, Any]:
        """The reason with the words that go with it."""
        said = super().clean() or {}
        if "skal" in said:
            self.refuse(faults_of_words(Reason(said["skal"]), said.get("egna_ord", "")))
        return said

    @property
    def asked(self) -> Asked:
        """What was asked for; only of a valid form."""
        said = self.cleaned_data
        return Asked(
            target=said["mal"],
            first=said["fran"],
            last=said["till"],
            reason=reason_in_words(Reason(said["skal"]), said["egna_ord"]),
        )


class EndForm(Refusable):
    """The day an exemption ends instead."""

    till = DayField(label=_("New last day"), error_messages={"required": _("Give the last day.")})

    def __init__(self, *given: Any, earliest: date, latest: date | None, **named: Any) -> None:
        super().__init__(*given, **named)
        bounds = {"min": earliest.isoformat()}
        if latest is not None:
            bounds["max"] = latest.isoformat()
        self.fields["till"].widget.attrs.update(bounds)
