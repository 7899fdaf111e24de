"""What pages about reminders ask for, read into types."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from foundation.cells import BadValue, text
from foundation.sorting import swedish
from tracking.organisation.rules import UnitScope, stands_in
from tracking.reminders.mails import LANGUAGES
from tracking.reminders.own import MOST
from tracking.status.rules import TargetRow
from tracking.targets.models import Level

LONGEST = 200


class PeopleField(forms.Field):
    """Public ids of people, as many fields of one name."""

    widget = forms.MultipleHiddenInput

    def to_python(self, value: Any) -> list[UUID]:
        """The ids, each once; raises ValidationError for what is none, and for too many."""
        try:
            found = list(dict.fromkeys(UUID(one) for one in value or ()))
        except (ValueError, AttributeError, TypeError) as error:
            raise forms.ValidationError(_("Choose among the people of the list.")) from error
        if len(found) > MOST:
            said = ngettext(
                "Choose at most %(count)d person at a time.",
                "Choose at most %(count)d people at a time.",
                MOST,
            )
            raise forms.ValidationError(said % {"count": MOST})
        return found


class ChosenForm(forms.Form):
    """Whom a reminder is to go to: chosen people, or all of a unit; of one target, or all."""

    use_required_attribute = False

    enhet = forms.CharField(required=False, widget=forms.HiddenInput, max_length=64)
    mal = forms.CharField(required=False, widget=forms.HiddenInput, max_length=64)
    person = PeopleField(required=False)

    def __init__(self, given: Any, *, scope: UnitScope, targets: Sequence[TargetRow]) -> None:
        super().__init__(given)
        self.scope = scope
        self.targets = {row.code: row for row in targets if row.level != Level.OFFERED}

    def clean_enhet(self) -> str:
        """A unit whose staff is theirs; without one, the topmost they manage."""
        code = str(self.cleaned_data["enhet"])
        if not code:
            return self.scope.managed[0] if self.scope.managed else self.scope.tree.root or ""
        if not self.scope.sees_staff_of(code):
            raise forms.ValidationError(_("Choose a unit that you manage."))
        return stands_in(self.scope.tree, code) or code

    def clean_mal(self) -> str:
        """A target that somebody can be late for."""
        code = str(self.cleaned_data["mal"])
        if code and code not in self.targets:
            raise forms.ValidationError(_("Choose a target that holds today."))
        return code


class WordsForm(forms.Form):
    """What the manager adds, and the key of the page it is asked on."""

    use_required_attribute = False

    egen_rad = forms.CharField(
        label=_("A line of your own"),
        required=False,
        max_length=LONGEST,
        help_text=_(
            "One line, the same to everybody. Nothing about cases or people: it is sent by e-mail."
        ),
    )
    nyckel = forms.UUIDField(widget=forms.HiddenInput)

    def clean_egen_rad(self) -> str:
        """One line without personal identity numbers and control characters."""
        line = " ".join(str(self.cleaned_data["egen_rad"]).split())
        try:
            return str(text(LONGEST)(line))
        except BadValue as error:
            raise forms.ValidationError(
                _("What was expected: %(expected)s."), params={"expected": str(error)}
            ) from error


class ChoiceForm(forms.Form):
    """What somebody wants of mails to themself."""

    use_required_attribute = False

    rekommenderat = forms.BooleanField(
        label=_("Remind me also of what is only recommended"), required=False
    )
    sammanfattning = forms.BooleanField(
        label=_("On Mondays, tell me what has happened among my staff"), required=False
    )
    sprak = forms.ChoiceField(
        label=_("Language of the mails"),
        choices=[("", _("The same as the pages")), *((c, w.name) for c, w in LANGUAGES.items())],
        required=False,
    )

    def __init__(self, *given: Any, manages: bool, **more: Any) -> None:
        super().__init__(*given, **more)
        if not manages:
            del self.fields["sammanfattning"]


class UnitForm(forms.Form):
    """A unit whose staff one manages; a coordinator, any unit."""

    use_required_attribute = False

    enhet = forms.ChoiceField(label=_("Unit"), required=False)

    def __init__(self, given: Any, *, scope: UnitScope) -> None:
        super().__init__(given)
        self.scope = scope
        codes = scope.tree.units if scope.roles.is_coordinator else scope.staffed
        named = [(code, scope.tree.units[code].name) for code in codes if code in scope.tree.units]
        field = self.fields["enhet"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("All")), *sorted(named, key=lambda one: swedish(one[1]))]

    def clean_enhet(self) -> str:
        """The unit; without one, the topmost they manage."""
        chosen = str(self.cleaned_data["enhet"])
        if chosen or self.scope.roles.is_coordinator:
            return chosen
        return self.scope.managed[0] if len(self.scope.managed) == 1 else ""
