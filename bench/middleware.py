"""Says of each answer what it took of the CPU: on a busy machine some are left undisturbed."""

from collections.abc import Callable
from time import thread_time

from django.http import HttpRequest, HttpResponse

HEADER = "X-CPU-Milliseconds"


Handler = Callable[[HttpRequest], HttpResponse]


def cpu(get_response: Handler) -> Handler:
    """Stands around everything else that Django does."""

    def middleware(request: HttpRequest) -> HttpResponse:
        began = thread_time()
        response = get_response(request)
        response[HEADER] = f"{(thread_time() - began) * 1000:.3f}"
        return response

    return middleware
