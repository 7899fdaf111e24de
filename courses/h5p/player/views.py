"""The page in the frame, and the files it loads. Nobody is asked who they are.

The signed address is the gate. The answers are the same for everybody who holds one, so browsers
may keep them.
"""

from collections.abc import Iterable
from datetime import datetime
from hashlib import sha256 as fingerprint
from http import HTTPStatus

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.cache import get_conditional_response
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from courses.h5p.player import queries
from courses.h5p.player.integration import addresses, integration
from courses.h5p.player.policy import FILE_POLICY, OWN_SCRIPTS, OWN_STYLES, frame_policy
from courses.h5p.player.tokens import Ticket, spoken_language, ticket_of, token_for
from courses.h5p.store.models import H5PVersion
from foundation.compression import compressed
from foundation.serving import same_for_all, stored_file, type_of

FOR_EVER = "public, max-age=31536000, immutable"
KEPT = {HTTPStatus.OK, HTTPStatus.PARTIAL_CONTENT, HTTPStatus.NOT_MODIFIED}
SCRIPTS = (f"{OWN_SCRIPTS}player.js", "h5p-core/frame.bundle.js")
STYLES = ("h5p-core/styles/h5p.css", f"{OWN_STYLES}frame.css")


def frame_address(version: H5PVersion, now: datetime) -> str:
    """Of the page that plays a version, in the language spoken now; for some hours."""
    token = token_for(version, language=spoken_language(), now=now)
    return reverse("h5p:frame", args=(token,))


@login_not_required
@require_safe
def frame(request: HttpRequest, token: str) -> HttpResponseBase:
    """The page inside the frame: H5P's core and the version's libraries, and nothing of anybody's.

    410 when one of its libraries has been blocked since, 404 when the address has run out.
    """
    ticket = _ticket(token)
    found = queries.played(ticket.version)
    if found is None:
        raise Http404
    origin = request.build_absolute_uri("/").rstrip("/")
    policy = frame_policy(origin=origin, files=request.path, needs_eval=found.needs_eval)
    with translation.override(ticket.language):
        if found.is_stopped:
            answer: HttpResponseBase = render(
                request, "courses/h5p/stopped.html", status=HTTPStatus.GONE
            )
        else:
            answer = _page(request, found, origin)
    answer["Content-Security-Policy"] = policy
    answer["X-Frame-Options"] = "SAMEORIGIN"
    answer["Referrer-Policy"] = "no-referrer"
    answer["X-DNS-Prefetch-Control"] = "off"
    # Asked for anew each time, because a library may have been blocked; sent only when it differs.
    answer["Cache-Control"] = "private, no-cache"
    return same_for_all(answer)


def _page(request: HttpRequest, found: queries.Played, origin: str) -> HttpResponseBase:
    files = request.path
    given = {
        "version": found.version,
        "data": {
            "origin": origin,
            "integration": integration(found.version, found.libraries, origin=origin, files=files),
        },
        "scripts": _tags(
            '<script src="{}"></script>',
            [*map(static, SCRIPTS), *addresses(found.libraries, "preloadedJs")],
        ),
        "styles": _tags(
            '<link rel="stylesheet" href="{}">',
            [*map(static, STYLES), *addresses(found.libraries, "preloadedCss")],
        ),
    }
    page = render(request, "courses/h5p/frame.html", given)
    # Of what the page says, not of its bytes, which differ as it is sent compressed or not.
    mark = f'W/"{fingerprint(page.content).hexdigest()[:32]}"'
    answer = get_conditional_response(request, etag=mark) or page
    answer["ETag"] = mark
    return compressed(request, answer, page["Content-Type"])


def _tags(pattern: str, sources: Iterable[str]) -> SafeString:
    return format_html_join("\n", pattern, ((source,) for source in sources))


@login_not_required
@require_safe
def content(request: HttpRequest, token: str, path: str) -> HttpResponseBase:
    """A file of the content that the token opens, for as long as it does."""
    ticket = _ticket(token)
    left = ticket.ends - timezone.now()
    return _file(
        request,
        queries.content_file(ticket.version, path),
        f"private, max-age={int(left.total_seconds())}, immutable",
    )


@login_not_required
@require_safe
def library(request: HttpRequest, sha256: str, path: str) -> HttpResponseBase:
    """A file of an approved library. It never changes: its address says what it holds."""
    return _file(request, queries.library_file(sha256, path), FOR_EVER)


def _ticket(token: str) -> Ticket:
    ticket = ticket_of(token, now=timezone.now())
    if ticket is None:
        raise Http404
    return ticket


def _file(request: HttpRequest, name: str | None, kept: str) -> HttpResponseBase:
    if name is None:
        raise Http404
    answer = compressed(request, stored_file(request, name), type_of(name))
    answer["Content-Security-Policy"] = FILE_POLICY
    # The frame has no origin: to it, we are somebody else.
    answer["Cross-Origin-Resource-Policy"] = "cross-origin"
    answer["Access-Control-Allow-Origin"] = "*"
    # What was asked for amiss (a range beyond its end) is nothing to give others for a year.
    answer["Cache-Control"] = kept if answer.status_code in KEPT else "no-store"
    return same_for_all(answer)
