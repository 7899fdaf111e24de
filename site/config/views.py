"""Start page and sign-in: the pages that belong to no app."""

from django.contrib.auth.views import LoginView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.contrib.auth.decorators import login_not_required


@method_decorator(login_not_required, name="dispatch")
class LogIn(LoginView):
    """The log-in page; in the demo it lists the demo accounts."""

    redirect_authenticated_user = True


def start(request: HttpRequest) -> HttpResponse:
    """Send each person to the page that answers their first question."""
    return redirect("/min-utbildning/")
