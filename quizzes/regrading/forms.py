"""What an author decides of a regrading."""

from django import forms
from django.utils.translation import gettext_lazy as _

from quizzes.regrading.models import Scope


class RegradeForm(forms.Form):
    """Which version's answers are judged anew, and whose result may change."""

    token = forms.UUIDField(widget=forms.HiddenInput)
    version = forms.CharField(max_length=64, widget=forms.HiddenInput)
    # The version the figures on the page were of: another may have been published since.
    present = forms.CharField(max_length=64, widget=forms.HiddenInput)
    scope = forms.ChoiceField(
        label=_("Whose result may change"),
        choices=[
            (Scope.FAVOUR.value, _("Only in favour: nobody gets fewer points")),
            (Scope.ALL.value, _("All: everybody is judged by the corrected key")),
        ],
        widget=forms.RadioSelect,
        initial=Scope.FAVOUR.value,
    )
