"""The fields of a target that are one field each, and what is wrong with all of them."""

from collections.abc import Iterable, Mapping
from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from foundation.cells import Fault
from foundation.components.fields import DayField, DayInput
from tracking.programme.models import Purpose
from tracking.targets.models import Level
from tracking.targets.programme import GOALS

DAYS = ("senast", "fran", "till")
NUMBERS = {"inputmode": "numeric", "autocomplete": "off", "maxlength": "6", "size": "6"}
NO_HELP = {"autocomplete": "off"}


class CellsForm(forms.Form):
    """Takes whatever is typed; what is wrong is said by `show`, in the words of a file's import."""

    use_required_attribute = False

    namn = forms.CharField(
        label=_("Name"), help_text=_("As it stands in lists and reports."), required=False
    )
    kod = forms.CharField(
        label=_("Code"),
        required=False,
        widget=forms.TextInput(NO_HELP),
        help_text=_("Follows the target in files and reports, and never changes."),
    )
    programmal = forms.ChoiceField(label=_("Programme goal"), required=False)
    niva = forms.ChoiceField(
        label=_("How binding it is"),
        choices=(
            (Level.SHALL.value, _("must have completed")),
            (Level.SHOULD.value, _("should have completed")),
            (Level.OFFERED.value, _("are offered (nobody is late)")),
        ),
        widget=forms.RadioSelect,
        required=False,
    )
    senast = forms.CharField(label=pgettext_lazy("deadline", "By"), widget=DayInput, required=False)
    dagar_nyanstalld = forms.CharField(
        label=_("Days for who is new"),
        help_text=_("Counted from the first day they belong to those above."),
        widget=forms.TextInput(NUMBERS),
        required=False,
    )
    giltighet_manader = forms.CharField(
        label=_("Months a completion counts"),
        help_text=_("Empty: without end."),
        widget=forms.TextInput(NUMBERS),
        required=False,
    )
    andel = forms.CharField(
        label=_("Share to reach, per cent"),
        help_text=_("Empty: 100, which is everybody."),
        widget=forms.TextInput(NUMBERS),
        required=False,
    )
    fran = forms.CharField(
        label=_("Holds from"), help_text=_("Empty: always."), widget=DayInput, required=False
    )
    till = forms.CharField(
        label=_("Holds through"),
        help_text=_("Empty: until further notice."),
        widget=DayInput,
        required=False,
    )
    kalla = forms.CharField(
        label=_("Source"),
        help_text=_("Document and paragraph: where it stands that this is to be known."),
        widget=forms.Textarea({"rows": 3}),
        required=False,
    )
    antagande = forms.BooleanField(
        label=_("Something here is our assumption, and does not stand in the source"),
        widget=forms.CheckboxInput,
        required=False,
    )
    # Made of several fields each; here for what is wrong with them.
    omfattar = forms.CharField(label=_("Whom it is for"), required=False)
    kurser = forms.CharField(label=_("Courses"), required=False)

    def __init__(self, cells: Mapping[str, str], *, purpose: str) -> None:
        shown = dict(cells)
        shown["niva"] = cells.get("niva") or Level.SHALL.value
        shown["antagande"] = "on" if cells.get("antagande") == "ja" else ""
        super().__init__(shown)
        goal = self.fields["programmal"]
        assert isinstance(goal, forms.ChoiceField)
        goal.choices = _goals(cells.get("programmal", ""))
        if purpose == Purpose.CORRECT:
            del self.fields["kod"]
        if purpose == Purpose.SUCCEED:
            self.fields["fran"].help_text = _("The old target ends the day before.")
        self.full_clean()
        self.errors.clear()

    def show(self, faults: Iterable[Fault]) -> None:
        """Say what is wrong, at its field."""
        for fault in faults:
            at = fault.column if fault.column in self.fields else None
            value = fault.value if at in {"kurser", None} else ""
            words = gettext("“%(value)s”: %(what)s") if value else "%(what)s"
            self.add_error(at, words % {"value": value, "what": fault.expected})


class LastDayForm(forms.Form):
    """The last day of a target that is to end."""

    use_required_attribute = False

    till = DayField(label=_("Last day it holds"))

    def __init__(self, data: Mapping[str, str] | None, *, last: date | None) -> None:
        super().__init__(data, initial={"till": last})


def cells_typed(cells: Mapping[str, str]) -> dict[str, str]:
    """Cells as a file would have them: days as people write them become YYYY-MM-DD."""
    found = dict(cells)
    for name in DAYS:
        found[name] = _day(found.get(name, ""))
    found["antagande"] = "ja" if found.get("antagande") in {"on", "ja"} else "nej"
    return found


def _day(typed: str) -> str:
    try:
        day = DayField(required=False).to_python(typed)
    except ValidationError:
        return typed
    return day.isoformat() if isinstance(day, date) else ""


def _goals(typed: str) -> list[tuple[str, str | Promise]]:
    """The programme's goals; words of its own that a target came with stay among them."""
    choices: list[tuple[str, str | Promise]] = [("", _("None of the programme's goals"))]
    choices += [(goal.code, f"{goal.code}. {goal.title}") for goal in GOALS]
    if typed and typed not in dict(choices):
        choices.append((typed, typed))
    return choices
