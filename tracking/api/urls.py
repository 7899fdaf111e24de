"""Addresses of the API itself: opened by a key, by nothing else."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext
from django.views.decorators.csrf import csrf_exempt

from tracking.api.bearer import Bearer
from tracking.api.document import openapi
from tracking.api.endpoints import api, nothing_here
from tracking.api.problems import Problem

app_name = "api"

View = Callable[..., HttpResponse]


def document(request: HttpRequest) -> HttpResponse:
    """The OpenAPI document, for who has a key."""
    if request.method not in {"GET", "HEAD"}:
        return _not_allowed("GET, HEAD")
    try:
        Bearer()(request)
    except Problem as problem:
        return problem.response()
    return JsonResponse(openapi(request), json_dumps_params={"ensure_ascii": False})


def guarded(view: View) -> View:
    """Asks for no log-in (the key is asked for inside), and every error has the one shape."""

    def answer(request: HttpRequest, *args: Any, **given: Any) -> HttpResponse:
        try:
            response = view(request, *args, **given)
        except SuspiciousOperation:  # thousands of parameters
            text = gettext("The address can't be read.")
            response = Problem(HTTPStatus.BAD_REQUEST, "parameter", text).response()
        if response.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
            response = _not_allowed(response.headers.get("Allow", "GET, HEAD"))
        if response.status_code >= HTTPStatus.BAD_REQUEST:
            response["Cache-Control"] = "private, no-store"
        return response

    return csrf_exempt(login_not_required(answer))


def _not_allowed(allowed: str) -> HttpResponse:
    named = ", ".join(sorted(one.strip() for one in allowed.split(",")))
    text = gettext("Only %(methods)s is offered here.") % {"methods": named}
    status = HTTPStatus.METHOD_NOT_ALLOWED
    return Problem(status, "method", text, headers={"Allow": named}).response()


def _guarded(pattern: URLPattern) -> URLPattern:
    return URLPattern(pattern.pattern, guarded(pattern.callback), name=pattern.name)


# Ninja gives an address once a method; it answers all of them.
OFFERED = {one.name: one for one in api.urls[0] if isinstance(one, URLPattern)}
urlpatterns = [
    path("openapi.json", guarded(document), name="openapi"),
    *[_guarded(one) for name, one in OFFERED.items() if name != "api-root"],
    path("", guarded(nothing_here), name="api-root"),
    path("<path:rest>", guarded(nothing_here), name="nothing"),
]
