"""Uploaded files: only for who is signed in, and never as a page that could run anything."""

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe
from django.views.static import serve

# An SVG opened by itself is a document: sandboxed, it can draw but not act.
MEDIA_POLICY = "sandbox; default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"


@require_safe
def media(request: HttpRequest, path: str) -> HttpResponseBase:
    """A file below MEDIA_ROOT; 400 for whatever lies elsewhere, 404 for folders.

    Log-in is asked for by the middleware, as for every view.
    """
    response = serve(request, path, document_root=str(settings.MEDIA_ROOT), show_indexes=False)
    response["Content-Security-Policy"] = MEDIA_POLICY
    response["X-Content-Type-Options"] = "nosniff"
    return response
