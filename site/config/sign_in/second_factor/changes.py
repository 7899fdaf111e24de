"""Mitt konto: a new phone, new recovery codes, or no second factor, by who shows who they are."""

from datetime import timedelta

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from config.sign_in.attempts import code_attempt, password_attempt, wait_in_words
from config.sign_in.second_factor import actions
from config.sign_in.second_factor.forms import CodeForm, ConfirmForm
from config.sign_in.second_factor.pending import confirm
from config.sign_in.second_factor.rules import has_second_factor, needs_second_factor
from config.sign_in.second_factor.views import SHOW_CODES, refuse
from foundation.intervals import today
from tracking.organisation.models import User


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest) -> HttpResponse:
    """Asks for a code (or, before the first phone, the password), and then does what was chosen."""
    user = request.user
    if not isinstance(user, User) or not user.has_usable_password():
        raise PermissionDenied
    enrolled = has_second_factor(user)
    kind = CodeForm if enrolled else ConfirmForm
    form = kind(request.POST or None)
    if request.method == "POST" and form.is_valid() and _is_shown(request, user, form):
        return _changed(request, user, request.POST.get("act", "") if enrolled else "phone")
    needed = needs_second_factor(user, today())
    context = {"form": form, "enrolled": enrolled, "needed": needed}
    return render(request, "sign_in/second_factor.html", context)


def _is_shown(request: HttpRequest, user: User, form: CodeForm | ConfirmForm) -> bool:
    if isinstance(form, CodeForm):
        attempt = code_attempt(request, user.get_username())
    else:
        attempt = password_attempt(request, user.get_username())
    wait = attempt.begin()
    right = not wait and (
        actions.use_code(user=user, code=form.cleaned_data["code"])
        if isinstance(form, CodeForm)
        else user.check_password(form.cleaned_data["password"])
    )
    if right:
        attempt.succeeded()
    elif isinstance(form, CodeForm):
        refuse(form, wait)
    else:
        _refuse_password(form, wait)
    return right


def _refuse_password(form: ConfirmForm, wait: timedelta) -> None:
    said = _("There have been many attempts. Wait %(wait)s and try again.")
    wrong = _("That is not your password.")
    form.add_error("password", said % {"wait": wait_in_words(wait)} if wait else wrong)


def _changed(request: HttpRequest, user: User, act: str) -> HttpResponse:
    if act == "codes":
        actions.renew_recovery_codes(user=user, actor=user)
        request.session[SHOW_CODES] = reverse("account")
        return redirect("recovery_codes")
    if act == "off" and not needs_second_factor(user, today()):
        actions.reset(user=user, actor=user)
        messages.success(request, _("The code is no longer asked for. Log in again."))
        return redirect("login")
    confirm(request)
    return redirect("second_factor_enrol")
