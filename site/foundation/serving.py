"""A stored file as an answer, or the part of it that is asked for, as players of film do.

Who may have it, and what a browser may do with it, is for the view to say.
"""

import mimetypes
import re
from http import HTTPStatus
from typing import cast

from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, parse_http_date_safe

from foundation.storages import Media

UNKNOWN = "application/octet-stream"
_SAME = "same_for_all"
RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")
# Refused by players and browsers under any other name; not every system knows them.
for kind, ending in (
    ("text/vtt", ".vtt"),
    ("font/woff", ".woff"),
    ("font/woff2", ".woff2"),
    ("font/ttf", ".ttf"),
    ("font/otf", ".otf"),
    ("audio/mp4", ".m4a"),
    ("video/mp4", ".mp4"),
    ("video/webm", ".webm"),
    ("audio/ogg", ".ogg"),
    ("image/webp", ".webp"),
    ("image/svg+xml", ".svg"),
    ("text/javascript", ".js"),
    ("application/json", ".json"),
):
    mimetypes.add_type(kind, ending)


def stored_file(request: HttpRequest, path: str) -> HttpResponseBase:
    """The file `path` of the default storage: whole, a range, "not changed", or headers alone.

    Raises Http404 for what is not there and for folders, SuspiciousOperation (400) for `..`.
    """
    storage = cast(Media, default_storage)
    if "\0" in path:
        raise Http404  # no file is called so, and no disk can be asked
    try:
        size, modified = storage.stored(path)
    except (FileNotFoundError, IsADirectoryError, NotADirectoryError) as error:
        raise Http404 from error
    seconds = int(modified.timestamp())
    known = get_conditional_response(request, last_modified=seconds)
    if known is not None:
        return known
    wanted = _wanted(request, size, seconds)
    if wanted is None:
        return HttpResponse(
            status=HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE,
            headers={"Content-Range": f"bytes */{size}"},
        )
    first, last = wanted
    whole = (first, last) == (0, size - 1)
    parts = () if request.method == "HEAD" else storage.part(path, first, last)
    response = StreamingHttpResponse(
        parts,
        content_type=type_of(path),
        status=HTTPStatus.OK if whole else HTTPStatus.PARTIAL_CONTENT,
    )
    response["Accept-Ranges"] = "bytes"
    response["Content-Length"] = last - first + 1
    response["Last-Modified"] = http_date(seconds)
    if not whole:
        response["Content-Range"] = f"bytes {first}-{last}/{size}"
    return response


def type_of(path: str) -> str:
    """What a file of this name is; of a compressed one only that it is bytes."""
    content_type, encoding = mimetypes.guess_type(path)
    return content_type if content_type and not encoding else UNKNOWN


def same_for_all(response: HttpResponseBase) -> HttpResponseBase:
    """Say of a response that whoever asks gets the same: its own `Cache-Control` holds."""
    vars(response)[_SAME] = True
    return response


def is_same_for_all(response: HttpResponseBase) -> bool:
    """Whether that was said of a response."""
    return vars(response).get(_SAME) is True


def _wanted(request: HttpRequest, size: int, modified: int) -> tuple[int, int] | None:
    """First and last byte asked for; None for what the file does not reach.

    Anything but one range of bytes is answered with the whole file, which is always allowed; so is
    a range of a file that has changed since.
    """
    everything = (0, size - 1)
    asked = RANGE.fullmatch(request.headers.get("Range", ""))
    unless = request.headers.get("If-Range")
    if asked is None or not any(asked.groups()):
        return everything
    if unless and parse_http_date_safe(unless) != modified:
        return everything
    if not asked[1]:
        first, last = max(size - int(asked[2]), 0), size - 1
    else:
        first, last = int(asked[1]), min(int(asked[2] or size - 1), size - 1)
        if asked[2] and int(asked[2]) < first:
            return everything
    return (first, last) if first <= last else None
