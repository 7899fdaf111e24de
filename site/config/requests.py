"""Every request has an id, a line in the log and a place in the figures: outermost of all."""

import logging
import time
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from config import metrics
from foundation.tracing import traced

log = logging.getLogger(__name__)

Handler = Callable[[HttpRequest], HttpResponse]
HEADER = "X-Request-ID"
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


def follow_requests(get_response: Handler) -> Handler:
    """Give each request its id, say it in the answer, log and count how it went.

    The address is never logged, only the pattern it fits: addresses name people.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        began = time.perf_counter()
        with traced(request.headers.get(HEADER, "")) as number:
            response = get_response(request)
            response[HEADER] = number
            seconds = time.perf_counter() - began
            method = request.method if request.method in METHODS else "other"
            route = route_of(request)
            metrics.request_answered(method, route, response.status_code, seconds)
            log.info(
                "request",
                extra={
                    "method": method,
                    "route": route,
                    "status": response.status_code,
                    "ms": round(seconds * 1000, 1),
                },
            )
        return response

    return middleware


def route_of(request: HttpRequest) -> str:
    """The pattern the address fits, such as `medarbetare/<uuid:person_id>/`; "" for none."""
    match = request.resolver_match
    if match is None:
        return ""
    return match.route or "/"
