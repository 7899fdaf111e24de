"""The log-in page."""

import logging
from collections.abc import Callable
from functools import partial
from http import HTTPStatus
from math import ceil
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import LoginView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.decorators import method_decorator

from config.checks import demo_accounts_exist
from config.demo.accounts import DEMO_ACCOUNTS, DEMO_PASSWORD
from config.sign_in.forms import LogInForm
from config.sign_in.second_factor.pending import begin, complete, landing
from config.sign_in.second_factor.rules import is_asked
from config.sign_in.sso.ways import ways_in
from foundation.intervals import today
from tracking.organisation.models import User

logger = logging.getLogger(__name__)


@method_decorator(login_not_required, name="dispatch")
class LogIn(LoginView):
    """The log-in page; in the demo it lists the demo accounts."""

    form_class = LogInForm
    http_method_names = ["get", "head", "post", "options"]  # without PUT, which would be a POST
    redirect_authenticated_user = True

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """What is told of a failure is told after the answer (tracking.audit.signals)."""
        later: list[Callable[[], None]] = []
        request.after_answer = later  # type: ignore[attr-defined]
        response = super().post(request, *args, **kwargs)
        closers: list[Callable[[], None]] = response.__dict__["_resource_closers"]
        closers += [partial(_undisturbed, one) for one in later]
        return response

    def get_success_url(self) -> str:
        """Where one was going, or the start page."""
        address = super().get_success_url()
        user = self.request.user
        return landing(user, address) if isinstance(user, User) else address

    def form_valid(self, form: Any) -> HttpResponse:
        """Signs in, or asks for the second factor: nobody is signed in before that is given."""
        user = form.get_user()
        if is_asked(user, today()):
            begin(self.request, user, self.get_success_url())
            return redirect("second_factor")
        return complete(self.request, user, self.get_success_url())

    def form_invalid(self, form: Any) -> HttpResponse:
        """The page again; a braked attempt says when to come back, to programs too."""
        response = super().form_invalid(form)
        if form.wait:
            response.status_code = HTTPStatus.TOO_MANY_REQUESTS
            response.headers["Retry-After"] = str(ceil(form.wait.total_seconds()))
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds `ways_in`, and in the demo city `demo_accounts` (user name, role)."""
        accounts: list[tuple[str, str]] = []
        if settings.DEMO and demo_accounts_exist():
            accounts = [(who.username, who.role) for who in DEMO_ACCOUNTS]
        context = super().get_context_data(**kwargs)
        return context | {
            "demo_accounts": accounts,
            "demo_password": DEMO_PASSWORD if accounts else "",
            "ways_in": ways_in(context.get("next", "")),
        }


def _undisturbed(write: Callable[[], None]) -> None:
    """Nobody is left to be told of a fault but the log: Django drops what goes wrong here."""
    try:
        write()
    except Exception:
        logger.exception("A failed log-in could not be written down.")
