"""Mitt konto: what somebody signed in does about signing in."""

from time import time
from typing import Any

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.views import PasswordChangeView
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from config.sign_in.actions import end_sessions
from config.sign_in.second_factor.rules import has_second_factor
from config.sign_in.sessions import SEEN, seconds_left
from tracking.organisation.models import User


@require_safe
def account(request: HttpRequest) -> HttpResponse:
    """What there is to do."""
    has_factor = isinstance(request.user, User) and has_second_factor(request.user)
    context = {"is_local": _is_local(request), "has_second_factor": has_factor}
    return render(request, "sign_in/account.html", context)


class ChangePassword(PasswordChangeView):
    """A new password, for who has one here; other sessions end."""

    http_method_names = ["get", "head", "post", "options"]  # without PUT, which would be a POST
    template_name = "sign_in/change_password.html"
    success_url = reverse_lazy("account")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Who signs in elsewhere has no password here, and gets none."""
        if not _is_local(request):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def form_valid(self, form: Any) -> HttpResponse:
        """Says that it is done."""
        messages.success(self.request, _("Your password is changed."))
        return super().form_valid(form)


@require_POST
def stay_signed_in(request: HttpRequest) -> JsonResponse:
    """The page's script says that somebody is there; how long it holds from now."""
    now = int(time())
    request.session[SEEN] = now
    return JsonResponse(seconds_left(request.session, now))


@require_POST
def log_out_everywhere(request: HttpRequest) -> HttpResponse:
    """End every session of this person, this one too."""
    if request.user.is_authenticated:
        end_sessions(user=request.user)
    logout(request)
    return redirect("login")


def _is_local(request: HttpRequest) -> bool:
    """Whether the person has a password here, instead of signing in at the employer's."""
    return request.user.is_authenticated and request.user.has_usable_password()
