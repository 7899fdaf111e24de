"""The log-in page."""

from http import HTTPStatus
from math import ceil
from typing import Any

from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import LoginView
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator

from config.checks import demo_accounts_exist
from config.demo.accounts import DEMO_ACCOUNTS, DEMO_PASSWORD
from config.sign_in.forms import LogInForm
from config.sign_in.origin import remember
from config.sign_in.sso.ways import ways_in

ADMIN = "/admin/"


@method_decorator(login_not_required, name="dispatch")
class LogIn(LoginView):
    """The log-in page; in the demo it lists the demo accounts."""

    form_class = LogInForm
    http_method_names = ["get", "head", "post", "options"]  # without PUT, which would be a POST
    redirect_authenticated_user = True

    def get_success_url(self) -> str:
        """Where one was going; the start page for who is not let into the admin.

        The admin sends those back here, and here who is signed in is sent on: round and round.
        """
        address = super().get_success_url()
        user = self.request.user
        shut_out = user.is_authenticated and not user.has_perm("wagtailadmin.access_admin")
        return reverse("start") if shut_out and address.startswith(ADMIN) else address

    def form_valid(self, form: Any) -> HttpResponse:
        """Signs in; the session gets a new key, and the browser is known from now on."""
        user = form.get_user()
        login(self.request, user)
        response = redirect(self.get_success_url())
        remember(self.request, response, user.get_username())
        return response

    def form_invalid(self, form: Any) -> HttpResponse:
        """The page again; a braked attempt says when to come back, to programs too."""
        response = super().form_invalid(form)
        if form.wait:
            response.status_code = HTTPStatus.TOO_MANY_REQUESTS
            response.headers["Retry-After"] = str(ceil(form.wait.total_seconds()))
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds `ways_in`, and `demo_accounts`, (user name, role, password), in the demo city."""
        accounts: list[tuple[str, str, str]] = []
        if settings.DEMO and demo_accounts_exist():
            accounts = [(who.username, who.role, DEMO_PASSWORD) for who in DEMO_ACCOUNTS]
        context = super().get_context_data(**kwargs)
        return context | {
            "demo_accounts": accounts,
            "ways_in": ways_in(context.get("next", "")),
        }
