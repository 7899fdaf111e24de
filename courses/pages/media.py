"""Uploaded files: only for who is signed in, and never as a page that could run anything."""

from posixpath import normpath

from django.http import Http404, HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from foundation.serving import stored_file

# An SVG opened by itself is a document: sandboxed, it can draw but not act.
MEDIA_POLICY = "sandbox; default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"
# Served from addresses of their own (courses.h5p.player), and only what has been approved.
ELSEWHERE = ("h5p",)


@require_safe
def media(request: HttpRequest, path: str) -> HttpResponseBase:
    """A file of the media storage, or the part of it that is asked for, as players of film do.

    400 for whatever lies elsewhere, 404 for folders and for H5P's files. Log-in is asked for by
    the middleware, as for every view; the storage's own address is given to nobody.
    """
    # A bucket takes "/h5p/…" and "../h5p/…" for "h5p/…", and some disks "H5P" for "h5p".
    below = normpath("/" + path.replace("\\", "/").lstrip("/")).split("/")[1]
    if below.casefold() in ELSEWHERE:
        raise Http404
    response = stored_file(request, path)
    response["Content-Security-Policy"] = MEDIA_POLICY
    response["X-Content-Type-Options"] = "nosniff"
    return response
