"""What is answered when something went wrong on our side."""

import sys
from http import HTTPStatus

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template import loader

RETRY_SECONDS = 5


def server_error(_request: HttpRequest) -> HttpResponse:
    """500 for a fault of ours; 503 when the database is away, busy or just restarted.

    A 503 says that trying again is right: the script of the quiz does so by itself, and nothing
    that was told to be saved is lost. Renders without the request, because nothing that needs the
    database can be counted on.
    """
    if _database_is_away(sys.exc_info()[1]):
        page = loader.get_template("503.html").render({"retry_seconds": RETRY_SECONDS})
        return HttpResponse(
            page,
            status=HTTPStatus.SERVICE_UNAVAILABLE,
            headers={"Retry-After": str(RETRY_SECONDS), "Cache-Control": "no-store"},
        )
    return HttpResponse(loader.get_template("500.html").render(), status=500)


def _database_is_away(error: BaseException | None) -> bool:
    while error is not None:
        if isinstance(error, OperationalError | InterfaceError):
            return True
        error = error.__cause__ or error.__context__
    return False
