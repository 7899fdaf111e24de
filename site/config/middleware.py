"""What every response carries."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

type_of_next = Callable[[HttpRequest], HttpResponse]


def no_store_when_signed_in(get_response: type_of_next) -> type_of_next:
    """Keep signed-in pages out of every cache, so that "back" after a quick exit shows nothing."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if getattr(request, "user", None) is not None and request.user.is_authenticated:
            response["Cache-Control"] = "no-store"
        return response

    return middleware
