"""Who gets how much more time."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from quizzes.bank.models import Quiz
from tracking.organisation.models import User

MOST_PERCENT = 300
MOST_MINUTES = 600


class ExtraTimeForm(forms.Form):
    """A person by user name: they say it themselves, so nobody has to look through accounts."""

    username = forms.CharField(
        label=gettext_lazy("Username"),
        max_length=150,
        help_text=gettext_lazy("Ask the person: it stands in Mina uppgifter."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    quiz = forms.ModelChoiceField(
        Quiz.objects.order_by("title"),
        label=gettext_lazy("Quiz"),
        required=False,
        empty_label=gettext_lazy("Every quiz with a time limit"),
    )
    percent = forms.IntegerField(
        label=gettext_lazy("Percent more"),
        min_value=0,
        max_value=MOST_PERCENT,
        initial=50,
        help_text=gettext_lazy("50 makes 20 minutes 30. 0 for none."),
    )
    minutes = forms.IntegerField(
        label=gettext_lazy("Minutes more"),
        min_value=0,
        max_value=MOST_MINUTES,
        initial=0,
        help_text=gettext_lazy("Besides the percent. 0 in both takes back what was given before."),
    )

    def clean_username(self) -> User:
        """The account."""
        try:
            found: User = User.objects.get(
                username=self.cleaned_data["username"].strip(), is_active=True
            )
        except User.DoesNotExist as error:
            raise forms.ValidationError(_("There is no such account.")) from error
        return found

    def clean(self) -> dict[str, Any]:
        """By the names that the action takes."""
        cleaned: dict[str, Any] = super().clean() or {}
        if "username" in cleaned:
            cleaned["user"] = cleaned.pop("username")
        return cleaned
