"""Text sent compressed to whoever takes it so, where an answer holds nobody's secrets.

Only where a view asks for it: an answer that holds a secret beside what somebody else may choose
tells of the secret by its length.
"""

import re

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.middleware.gzip import GZipMiddleware
from django.utils.cache import patch_vary_headers

# Pictures, film, sound and woff are compressed already.
TEXTS = re.compile(
    r"text/.*|application/(json|javascript|xml)|image/(svg\+xml|bmp)|font/(ttf|otf)"
    r"|application/vnd\.ms-fontobject"
)
SHORT = 200  # bytes, that take as much room compressed
# A browser that names gzip to refuse it; Django's own machinery sees that it is named.
REFUSED = re.compile(r"\bgzip\s*;\s*q=0(\.0*)?\s*(,|$)", re.IGNORECASE)
_MACHINERY = GZipMiddleware(lambda _request: HttpResponse())


def compressed(
    request: HttpRequest, response: HttpResponseBase, content_type: str
) -> HttpResponseBase:
    """The answer, compressed where it is a whole text and the browser takes it so.

    `content_type`: of what is asked for, which "not changed" does not say. A part of a file is
    sent as it is, and no part is offered of what is sent compressed. HEAD is answered alike.
    """
    if not TEXTS.fullmatch(content_type.partition(";")[0]):
        return response
    patch_vary_headers(response, ["Accept-Encoding"])
    if response.status_code != 200 or REFUSED.search(request.headers.get("Accept-Encoding", "")):
        return response
    if isinstance(response, StreamingHttpResponse) and _length(response) < SHORT:
        return response
    assert isinstance(response, HttpResponse | StreamingHttpResponse)
    answer = _MACHINERY.process_response(request, response)
    if answer.has_header("Content-Encoding"):
        del answer["Accept-Ranges"]
        if request.method == "HEAD" and isinstance(answer, StreamingHttpResponse):
            answer.streaming_content = ()  # otherwise the marks that every gzip file has
    return answer


def _length(response: HttpResponseBase) -> int:
    return int(response.get("Content-Length", str(SHORT)))
