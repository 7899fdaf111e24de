"""What every response carries."""

from collections.abc import Callable

from csp.constants import NONE
from csp.middleware import CSPMiddleware, PolicyParts
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import has_vary_header

from foundation.framing import framed
from foundation.serving import is_same_for_all

Handler = Callable[[HttpRequest], HttpResponse]
ADMIN = "/admin/"
ENCODING = "Accept-Encoding"
# Nothing here needs what a browser can be asked for.
PERMISSIONS = ", ".join(
    f"{feature}=()"
    for feature in (
        "accelerometer",
        "browsing-topics",
        "camera",
        "clipboard-read",
        "display-capture",
        "geolocation",
        "gyroscope",
        "hid",
        "idle-detection",
        "local-fonts",
        "magnetometer",
        "microphone",
        "midi",
        "payment",
        "serial",
        "usb",
        "xr-spatial-tracking",
    )
)


class ContentSecurityPolicy(CSPMiddleware):
    """Strict everywhere; in the Wagtail admin what its pages can't do without is let in."""

    def get_policy_parts(
        self, request: HttpRequest, response: HttpResponseBase, report_only: bool = False
    ) -> PolicyParts:
        parts = super().get_policy_parts(request, response, report_only)
        if report_only:
            return parts
        if request.path_info.startswith(ADMIN):
            parts.replace = settings.CONTENT_SECURITY_POLICY_ADMIN
        elif not parts.nonce:  # a page without a script; an empty list would say the same
            parts.replace = {"script-src": [NONE]}
        if _is_preview(request, response):
            parts.replace = {**(parts.replace or {}), **settings.CONTENT_SECURITY_POLICY_PREVIEW}
        addresses = framed(request)
        if addresses:
            # What plays in a lesson: a frame that may go nowhere but to our own players.
            parts.replace = {**(parts.replace or {}), "frame-src": addresses}
        return parts


def _is_preview(request: HttpRequest, response: HttpResponseBase) -> bool:
    """Whether Wagtail's editor shows this in its frame: a page's request says so, or the answer."""
    of_a_page = getattr(request, "is_preview", False)
    return of_a_page or response.get("X-Frame-Options") == "SAMEORIGIN"


def isolation(get_response: Handler) -> Handler:
    """Ask browsers to keep every response to ourselves, and to hand no page a camera or the like.

    What Django's SecurityMiddleware says stands here too: an answer made before it is reached
    (a host that is not ours) carries the same.
    """
    always = {
        "Permissions-Policy": PERMISSIONS,
        "Cross-Origin-Resource-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": settings.SECURE_CROSS_ORIGIN_OPENER_POLICY,
        "Referrer-Policy": settings.SECURE_REFERRER_POLICY,
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": settings.X_FRAME_OPTIONS,
    }

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        for name, value in always.items():
            response.setdefault(name, value)
        if is_same_for_all(response):
            # Who asked has been looked at, as for every address; the answer does not depend on it.
            by_encoding = has_vary_header(response, ENCODING)
            del response["Vary"]
            if by_encoding:
                response["Vary"] = ENCODING
        return response

    return middleware


def no_store_when_signed_in(get_response: Handler) -> Handler:
    """Keep signed-in pages out of every cache, so that "back" after a quick exit shows nothing.

    Who asked is settled before the view runs: the page that signs a person out is theirs too.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        signed_in = request.user.is_authenticated
        response = get_response(request)
        if is_same_for_all(response):
            return response
        if signed_in or request.user.is_authenticated:
            response["Cache-Control"] = "no-store"
        return response

    return middleware
