"""Uploaded files: only for who is signed in, and never as a page that could run anything."""

import mimetypes
import re
from http import HTTPStatus
from typing import cast

from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, parse_http_date_safe
from django.views.decorators.http import require_safe

from foundation.storages import Media

# An SVG opened by itself is a document: sandboxed, it can draw but not act.
MEDIA_POLICY = "sandbox; default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"
# What a player refuses under any other name; not every system knows it.
mimetypes.add_type("text/vtt", ".vtt")
RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")


@require_safe
def media(request: HttpRequest, path: str) -> HttpResponseBase:
    """A file of the media storage, or the part of it that is asked for, as players of film do.

    400 for whatever lies elsewhere, 404 for folders. Log-in is asked for by the middleware, as for
    every view; the storage's own address is given to nobody.
    """
    response = _answered(request, path)
    response["Content-Security-Policy"] = MEDIA_POLICY
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _answered(request: HttpRequest, path: str) -> HttpResponseBase:
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
    content_type, encoding = mimetypes.guess_type(path)
    response = StreamingHttpResponse(
        parts,
        content_type=content_type if content_type and not encoding else "application/octet-stream",
        status=HTTPStatus.OK if whole else HTTPStatus.PARTIAL_CONTENT,
    )
    response["Accept-Ranges"] = "bytes"
    response["Content-Length"] = last - first + 1
    response["Last-Modified"] = http_date(seconds)
    if not whole:
        response["Content-Range"] = f"bytes {first}-{last}/{size}"
    return response


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
