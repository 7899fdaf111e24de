"""The project's addresses, and two that do nothing."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import path

from config.urls import urlpatterns as project


def empty(_request: HttpRequest) -> HttpResponse:
    """What every request costs before a view has done anything."""
    return HttpResponse()


urlpatterns = [
    path("bench/tom/", login_not_required(empty), name="bench_empty"),
    path("bench/tom-inloggad/", empty, name="bench_empty_signed_in"),
    *project,
]
