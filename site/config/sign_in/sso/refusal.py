"""The page for who is not let in, and the line in the log."""

import logging
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from config.sign_in.sso.identity import Reason, Refused

logger = logging.getLogger(__name__)
STATUS = {Reason.UNREACHABLE: HTTPStatus.SERVICE_UNAVAILABLE}


def refusal(request: HttpRequest, refused: Refused) -> HttpResponse:
    """Says in plain words what happened and what to do; the log gets the reason, and no name."""
    logger.warning("A log-in by SSO is refused: %s %.200r", refused.reason, refused.detail)
    return render(
        request,
        "sign_in/refused.html",
        {"reason": refused.reason.value},
        status=STATUS.get(refused.reason, HTTPStatus.FORBIDDEN),
    )
