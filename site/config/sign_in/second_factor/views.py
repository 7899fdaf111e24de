"""Pages between the password and being signed in: the code, and the first phone."""

from datetime import timedelta
from http import HTTPStatus
from math import ceil
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from config.sign_in.attempts import Attempt, code_attempt, wait_in_words
from config.sign_in.second_factor import actions, qr
from config.sign_in.second_factor.forms import CodeForm
from config.sign_in.second_factor.pending import (
    complete,
    forget_secret,
    is_confirmed,
    landing,
    pending,
    secret_of,
)
from config.sign_in.second_factor.rules import has_second_factor
from tracking.organisation.models import User

SHOW_CODES = "recovery_codes_to_show"
IN_GROUPS_OF = 4


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def give_code(request: HttpRequest) -> HttpResponse:
    """The second question of the log-in. Nothing is open before it is answered."""
    who = pending(request)
    if who is None:
        return redirect("login")
    if not has_second_factor(who.user):
        return redirect("second_factor_enrol")
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        attempt = code_attempt(request, who.user.get_username())
        wait = attempt.begin()
        if not wait and actions.use_code(user=who.user, code=form.cleaned_data["code"]):
            attempt.succeeded()
            return complete(request, who.user, who.next_url)
        refuse(form, wait)
        return _answer(request, "sign_in/code.html", {"form": form}, wait)
    return render(request, "sign_in/code.html", {"form": form})


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def enrol(request: HttpRequest) -> HttpResponse:
    """Set up the phone: on the way in, or signed in after showing once more that it is you."""
    user, next_url = _who_enrols(request)
    if user is None:
        return redirect("account" if request.user.is_authenticated else "login")
    form, wait = CodeForm(request.POST or None), timedelta()
    secret = secret_of(request, make=True)
    if request.method == "POST" and form.is_valid():
        attempt = code_attempt(request, user.get_username())
        wait = attempt.begin()
        code = "".join(form.cleaned_data["code"].split())
        if not wait and actions.enrol(user=user, secret=secret, code=code, actor=user):
            return _enrolled(request, user, next_url, attempt)
        refuse(form, wait)
    uri = qr.address(account=user.get_username(), issuer=request.get_host(), secret=secret)
    in_groups = [secret[at : at + IN_GROUPS_OF] for at in range(0, len(secret), IN_GROUPS_OF)]
    context = {"form": form, "picture": qr.picture(uri), "secret": " ".join(in_groups)}
    return _answer(request, "sign_in/enrol.html", context, wait)


def _who_enrols(request: HttpRequest) -> tuple[User | None, str]:
    """Whose phone it is, and where they go then."""
    if isinstance(request.user, User):
        return (request.user, "") if is_confirmed(request) else (None, "")
    who = pending(request)
    if who is None or has_second_factor(who.user):
        return None, ""
    return who.user, who.next_url


def _enrolled(request: HttpRequest, user: User, next_url: str, attempt: Attempt) -> HttpResponse:
    """On to the recovery codes, signed in."""
    attempt.succeeded()
    codes = reverse("recovery_codes")
    if request.user.is_authenticated:
        forget_secret(request)
        request.session[SHOW_CODES] = reverse("account")
        return redirect(codes)
    response = complete(request, user, codes)
    request.session[SHOW_CODES] = landing(user, next_url)
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def show_recovery_codes(request: HttpRequest) -> HttpResponse:
    """The codes for the day the phone is gone: until one says that they are kept."""
    next_url = request.session.get(SHOW_CODES)
    if next_url is None or not isinstance(request.user, User):
        return redirect("account")
    if request.method == "POST":
        del request.session[SHOW_CODES]
        return HttpResponseRedirect(next_url)
    codes = actions.recovery_codes(request.user)
    return render(request, "sign_in/recovery_codes.html", {"codes": codes})


def refuse(form: forms.Form, wait: timedelta) -> None:
    """Say what is wrong with the code, or how long to wait."""
    if wait:
        said = _("There have been many attempts. Wait %(wait)s and try again.")
        form.add_error(None, said % {"wait": wait_in_words(wait)})
    else:
        form.add_error(
            "code", _("The code is wrong, or used already. Wait for the next one and write that.")
        )


def _answer(
    request: HttpRequest, template: str, context: dict[str, Any], wait: timedelta
) -> HttpResponse:
    if not wait:
        return render(request, template, context)
    response = render(request, template, context, status=HTTPStatus.TOO_MANY_REQUESTS)
    response.headers["Retry-After"] = str(ceil(wait.total_seconds()))
    return response
