"""What every response carries."""

from collections.abc import Callable

from csp.middleware import CSPMiddleware, PolicyParts
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

Handler = Callable[[HttpRequest], HttpResponse]
ADMIN = "/admin/"
# Nothing here needs what a browser can be asked for.
PERMISSIONS = ", ".join(
    f"{feature}=()"
    for feature in (
        "accelerometer",
        "camera",
        "display-capture",
        "geolocation",
        "gyroscope",
        "magnetometer",
        "microphone",
        "midi",
        "payment",
        "usb",
    )
)


class ContentSecurityPolicy(CSPMiddleware):
    """Strict everywhere; in the Wagtail admin what its pages can't do without is let in."""

    def get_policy_parts(
        self, request: HttpRequest, response: HttpResponseBase, report_only: bool = False
    ) -> PolicyParts:
        parts = super().get_policy_parts(request, response, report_only)
        if request.path_info.startswith(ADMIN) and not report_only:
            parts.replace = settings.CONTENT_SECURITY_POLICY_ADMIN
        return parts


def permissions_policy(get_response: Handler) -> Handler:
    """Ask the browser to refuse every page its camera, microphone, place and the like."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response["Permissions-Policy"] = PERMISSIONS
        return response

    return middleware


def no_store_when_signed_in(get_response: Handler) -> Handler:
    """Keep signed-in pages out of every cache, so that "back" after a quick exit shows nothing.

    Who asked is settled before the view runs: the page that signs a person out is theirs too.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        signed_in = request.user.is_authenticated
        response = get_response(request)
        if signed_in or request.user.is_authenticated:
            response["Cache-Control"] = "no-store"
        return response

    return middleware
