"""What every response carries."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

Handler = Callable[[HttpRequest], HttpResponse]


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
