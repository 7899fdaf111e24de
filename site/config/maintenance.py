"""Closed for a little while: every page answers 503 as long as the installation says so.

Either MAINTENANCE=1 in the environment, or a file `maintenance` in the data folder, which
`manage.py maintenance on|off` makes and takes away without a restart. Probes and static files
come before this and answer as ever.
"""

import os
from collections.abc import Callable
from http import HTTPStatus
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import translation

Handler = Callable[[HttpRequest], HttpResponse]
COME_BACK_IN_SECONDS = 300
SIGN = "maintenance"


def sign() -> Path:
    """The file that closes the installation of this machine."""
    return Path(settings.DATA_DIR) / SIGN


def is_closed() -> bool:
    """Whether pages are to answer that the platform is being looked after."""
    # Asked at every request: as text, which costs a third of what a Path does.
    return settings.MAINTENANCE or os.path.exists(f"{settings.DATA_DIR}/{SIGN}")  # noqa: PTH110


def maintenance(get_response: Handler) -> Handler:
    """Answer 503 while closed, asking nothing of the database."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if not is_closed():
            return get_response(request)
        with translation.override(translation.get_language_from_request(request)):
            page = render_to_string("maintenance.html")
        headers = {"Retry-After": str(COME_BACK_IN_SECONDS), "Cache-Control": "no-store"}
        return HttpResponse(page, status=HTTPStatus.SERVICE_UNAVAILABLE, headers=headers)

    return middleware
