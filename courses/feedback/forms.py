"""The three questions as a form."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from courses.feedback.questions import QUESTIONS


class FeedbackForm(forms.Form):
    """All of them choices: what one writes oneself could tell who wrote it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for question in QUESTIONS:
            self.fields[question.name] = forms.ChoiceField(
                label=str(question.text),
                choices=list(question.choices.items()),
                widget=forms.RadioSelect,
                error_messages={"required": _("Choose what comes closest.")},
            )
