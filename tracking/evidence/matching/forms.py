"""Whose rows they are, or why they are nobody's."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _


class SearchForm(forms.Form):
    """Words to find an address, or a person, by."""

    use_required_attribute = False

    sok = forms.CharField(required=False, max_length=100)

    def __init__(self, asked: QueryDict, *, label: Any) -> None:
        super().__init__(asked)
        self.fields["sok"].label = label

    @property
    def words(self) -> str:
        """What was asked for; nothing when it could not be read."""
        return str(self.cleaned_data.get("sok", "")) if self.is_valid() else ""


class _RowsForm(forms.Form):
    use_required_attribute = False

    rad = forms.TypedMultipleChoiceField(
        coerce=int, error_messages={"required": _("Tick at least one row.")}
    )

    def __init__(self, asked: QueryDict | None, *, rows: list[int]) -> None:
        super().__init__(asked)
        field = self.fields["rad"]
        assert isinstance(field, forms.TypedMultipleChoiceField)
        field.choices = [(str(row), str(row)) for row in rows]


class MatchForm(_RowsForm):
    """These rows are this person's."""

    person = forms.UUIDField(
        error_messages={
            "required": _("Choose whose the rows are."),
            "invalid": _("Choose whose the rows are."),
        }
    )


class DismissForm(_RowsForm):
    """These rows are nobody's here."""

    skal = forms.CharField(
        label=_("Why they are nobody's"),
        max_length=200,
        error_messages={"required": _("Say why, for whoever looks later.")},
        help_text=_("For example that the person never worked for the city."),
    )
