"""What is filled in about undertakings and periods."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from foundation.components.fields import DayField
from foundation.intervals import exclusive, inclusive
from tracking.organisation.models import Employment, Person
from tracking.organisation.rules import UnitScope
from tracking.scorecards.committees import Committee
from tracking.scorecards.models import Undertaking, UndertakingReport, UndertakingStatus
from tracking.scorecards.writing import Said
from tracking.targets.programme import GOALS

MOST_LINKS = 10
LONG = 5_000
_LINK = URLValidator(schemes=["http", "https"])
NO_HELP = {"autocomplete": "off"}


class VersionedForm(forms.Form):
    """Written on top of a version, which the form brings back."""

    use_required_attribute = False

    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def write_over(self, version: int) -> None:
        """Sent once more, what was typed takes the place of this version, which has been seen."""
        self.data = {name: self.data.get(name) for name in self.data} | {"version": str(version)}


class ReportForm(VersionedForm):
    """What a committee says of an undertaking in a period."""

    status = forms.ChoiceField(label=_("Status"), widget=forms.RadioSelect, required=False)
    kommentar = forms.CharField(
        label=_("Comment for this period"),
        help_text=_("What has been done, and what comes next. Never anything about a client."),
        widget=forms.Textarea({"rows": 6}),
        max_length=LONG,
        required=False,
        strip=False,
    )
    underlag = forms.CharField(
        label=_("Evidence"),
        help_text=_("What shows it: a decision, a routine, a list of participants in numbers."),
        widget=forms.Textarea({"rows": 3}),
        max_length=LONG,
        required=False,
        strip=False,
    )
    lankar = forms.CharField(
        label=_("Links"),
        help_text=_("One address a line, beginning with https:// or http://."),
        widget=forms.Textarea({"rows": 2, "spellcheck": "false"}),
        max_length=LONG,
        required=False,
    )
    diarienummer = forms.CharField(
        label=_("Reference number"), max_length=100, required=False, widget=forms.TextInput(NO_HELP)
    )
    funktion = forms.CharField(
        label=_("Function responsible"),
        help_text=_("The post, not the name: for example head of the unit against violence."),
        max_length=200,
        required=False,
    )
    ansvarig = forms.CharField(
        label=_("Person responsible: e-mail address"),
        help_text=_(
            "The whole address of somebody employed in the committee. The name is shown only to "
            "those who may see staff."
        ),
        max_length=254,
        required=False,
        widget=forms.TextInput(NO_HELP),
    )
    ta_bort = forms.BooleanField(label=_("Remove the person chosen"), required=False)

    def __init__(
        self,
        *args: Any,
        report: UndertakingReport,
        scope: UnitScope,
        committee: Committee,
        **given: Any,
    ) -> None:
        given["initial"] = {
            "status": report.status,
            "kommentar": report.comment,
            "underlag": report.evidence,
            "lankar": report.links,
            "diarienummer": report.reference,
            "funktion": report.responsible_role,
            "version": report.version,
        }
        super().__init__(*args, **given)
        self.report, self.scope, self.committee = report, scope, committee
        self.fields["status"].choices = [  # type: ignore[attr-defined]
            (one.value, capfirst(str(one.label))) for one in UndertakingStatus
        ]
        if report.responsible_id is None:
            del self.fields["ta_bort"]

    def clean_lankar(self) -> str:
        """One http(s) address a line."""
        lines = [line.strip() for line in self.cleaned_data["lankar"].splitlines() if line.strip()]
        if len(lines) > MOST_LINKS:
            raise ValidationError(gettext("At most %(most)d links.") % {"most": MOST_LINKS})
        for line in lines:
            try:
                _LINK(line)
            except ValidationError as error:
                said = gettext("“%(link)s” is no address that begins with https:// or http://.")
                raise ValidationError(said % {"link": line[:80]}) from error
        return "\n".join(lines)

    def clean_ansvarig(self) -> Person | None:
        """Somebody employed in the committee whose whole address this is.

        Whoever is protected can only be chosen by themself; to others they are not there.
        """
        said = self.cleaned_data["ansvarig"].strip()
        if not said:
            return None
        people = [one for one in Person.objects.filter(email__iexact=said) if self._may_choose(one)]
        if len(people) != 1:
            raise ValidationError(
                gettext("Nobody in the committee with that address can be chosen.")
            )
        return people[0]

    def _may_choose(self, person: Person) -> bool:
        if person.protected and person.pk != self.scope.roles.person:
            return False
        there = Employment.objects.known_now().on(self.scope.on).filter(person=person)
        inside = self.scope.tree.subtree(self.committee.code)
        return any(
            self.scope.tree.place(code) in inside
            for code in there.values_list("unit_code", flat=True)
        )

    @property
    def said(self) -> Said:
        """Of a valid form."""
        data = self.cleaned_data
        kept = None if data.get("ta_bort") else self.report.responsible
        return Said(
            status=data["status"],
            comment=data["kommentar"],
            evidence=data["underlag"],
            links=data["lankar"],
            reference=data["diarienummer"],
            responsible_role=data["funktion"],
            responsible=data["ansvarig"] or kept,
        )


class CommentForm(VersionedForm):
    """What a committee says of the period as a whole."""

    kommentar = forms.CharField(
        label=_("The committee's comment on the period"),
        help_text=_("The whole in a few sentences. Never anything about a client."),
        widget=forms.Textarea({"rows": 8}),
        max_length=LONG,
        required=False,
        strip=False,
    )


class ReasonForm(forms.Form):
    """Why something is done that is remembered."""

    use_required_attribute = False

    skal = forms.CharField(
        label=_("Reason"),
        max_length=500,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("It is kept, and shown beside what was signed before."),
    )


class PeriodForm(forms.Form):
    """The last day to report a period."""

    use_required_attribute = False

    senast = DayField(label=_("Report by"))

    def __init__(self, *args: Any, last_day: date, **given: Any) -> None:
        super().__init__(*args, **given)
        self.last_day = last_day

    def clean_senast(self) -> date:
        """Never before the period's last day."""
        day: date = self.cleaned_data["senast"]
        if day < self.last_day:
            raise ValidationError(gettext("A period can't be reported before its last day."))
        return day


class UndertakingForm(forms.Form):
    """An undertaking: what, under which goal, whose, for whom, and when."""

    use_required_attribute = False

    namn = forms.CharField(label=_("Undertaking"), max_length=300)
    programmal = forms.ChoiceField(
        label=_("Programme goal"),
        choices=[
            *((goal.code, f"{goal.code}. {goal.title}") for goal in GOALS),
            ("", _("None of the programme's goals")),
        ],
        required=False,
    )
    agare = forms.CharField(label=_("Owner"), max_length=200)
    mottagare = forms.CharField(label=_("Recipient"), max_length=200)
    namnder = forms.MultipleChoiceField(
        label=_("On the scorecards of"), widget=forms.CheckboxSelectMultiple, required=False
    )
    fran = DayField(label=_("From"))
    till = DayField(label=_("Through"), required=False, help_text=_("Empty: until further notice."))
    kunskapsmal = forms.CharField(
        label=_("Knowledge targets"),
        help_text=_("Their codes with spaces between: their figures are shown beside it."),
        max_length=500,
        required=False,
        widget=forms.TextInput(NO_HELP),
    )
    kalla = forms.CharField(label=_("Source"), max_length=300, required=False)
    skal = forms.CharField(label=_("Reason for the change"), max_length=500, required=False)
    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        *args: Any,
        committees: list[Committee] | None,
        undertaking: Undertaking | None = None,
        **given: Any,
    ) -> None:
        if undertaking is not None:
            given["initial"] = _initial(undertaking)
        super().__init__(*args, **given)
        if committees is None:  # a committee's own: it is its owner's and its recipient's
            for name in ("namnder", "mottagare", "kalla"):
                del self.fields[name]
        else:
            named = {one.code: one.name for one in committees}
            # A source may name who is not in this organisation; that is not lost by a change.
            others = undertaking.recipient_units if undertaking else []
            named |= {code: code for code in others if code not in named}
            self.fields["namnder"].choices = [  # type: ignore[attr-defined]
                *((f"typ:{kind}", label) for kind, label in KIND_WORDS.items()),
                *((f"enhet:{code}", name) for code, name in named.items()),
            ]
        if undertaking is None:
            del self.fields["skal"], self.fields["version"]
        else:
            self.fields["skal"].required = True

    def clean(self) -> dict[str, Any]:
        """The last day is not before the first."""
        data: dict[str, Any] = super().clean() or {}
        first, last = data.get("fran"), data.get("till")
        if first and last and last < first:
            self.add_error("till", gettext("The last day is before the first."))
        return data

    @property
    def said(self) -> dict[str, Any]:
        """Of a valid form, as an Undertaking's fields."""
        data = self.cleaned_data
        said = {
            "title": data["namn"],
            "goal": data["programmal"],
            "goal_is_inferred": False,
            "owner": data["agare"],
            "valid_from": data["fran"],
            "valid_to": exclusive(data["till"]),
            "targets": data["kunskapsmal"].split(),
        }
        if "namnder" in self.fields:
            chosen = [one.partition(":") for one in data["namnder"]]
            said |= {
                "recipient": data["mottagare"],
                "recipient_kinds": [code for what, _, code in chosen if what == "typ"],
                "recipient_units": [code for what, _, code in chosen if what == "enhet"],
                "recipient_is_inferred": False,
                "source": data["kalla"],
            }
        return said


KIND_WORDS = {
    "namnd": _("every committee that is no district's"),
    "stadsdelsnamnd": _("every district committee"),
    "bolag": _("every company"),
}


def _initial(one: Undertaking) -> dict[str, Any]:
    return {
        "namn": one.title,
        "programmal": one.goal,
        "agare": one.owner,
        "mottagare": one.recipient,
        "namnder": [
            *(f"typ:{kind}" for kind in one.recipient_kinds),
            *(f"enhet:{code}" for code in one.recipient_units),
        ],
        "fran": one.valid_from,
        "till": inclusive(one.valid_to),
        "kunskapsmal": " ".join(one.targets),
        "kalla": one.source,
        "version": one.version,
    }
