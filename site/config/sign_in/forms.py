"""What is typed to sign in."""

from datetime import timedelta
from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from config.sign_in.attempts import password_attempt, wait_in_words

LONGEST_PASSWORD = 1_000


class LogInForm(AuthenticationForm):
    """Name and password, braked: no password is looked at once there were too many attempts."""

    password = forms.CharField(
        label=_("Password"),
        strip=False,
        max_length=LONGEST_PASSWORD,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    error_messages = {
        "invalid_login": _(
            "The user name and the password don't fit together. Check both, and that Caps Lock "
            "is off."
        ),
        "inactive": _("The user name and the password don't fit together."),
        "braked": _(
            "There have been many attempts to log in with this name. Wait %(wait)s and try "
            "again. Your account is not locked."
        ),
    }
    wait = timedelta()

    def clean(self) -> dict[str, Any]:
        """Counts the attempt first; right ones are taken back."""
        username = self.cleaned_data.get("username")
        if not username or not self.cleaned_data.get("password") or self.request is None:
            return super().clean()
        attempt = password_attempt(self.request, username)
        self.wait = attempt.begin()
        if self.wait:
            raise ValidationError(
                self.error_messages["braked"],
                code="braked",
                params={"wait": wait_in_words(self.wait)},
            )
        cleaned = super().clean()
        attempt.succeeded()
        return cleaned
