"""Trying a content before anybody else does: it plays as in a lesson, and nothing of it counts."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from courses.h5p.results.finishing import finishing_verbs, is_finished_by_opening
from courses.h5p.results.requirements import Requirement
from courses.h5p.store.models import H5PContent, H5PVersion, VersionState
from courses.h5p.store.queries import ready_version
from courses.h5p.store.rules import may_upload
from courses.h5p.studio.gates import content_called, for_trainers
from tracking.organisation.models import User

PREFIX = "preview"


def preview_place(content: H5PContent, number: int | None = None) -> str:
    """Where a content is tried; `number`: of the version, the latest that plays where none is."""
    return f"{PREFIX}:{content.public_id}" + (f"/{number}" if number else "")


class PreviewPlace:
    """The places `preview:<content>` and `preview:<content>/<version>`."""

    counts = False

    def may_open(self, user: User, rest: str, content: H5PContent) -> bool:
        """Whoever may upload; a content in its own place, and nothing else after it."""
        named, slash, number = rest.partition("/")
        is_place = named == str(content.public_id) and (not slash or number.isdecimal())
        return is_place and may_upload(user)

    def version(self, rest: str, content: H5PContent) -> H5PVersion | None:
        """The one that is named."""
        number = rest.partition("/")[2]
        if not number.isdecimal():
            return None
        ready = content.versions.filter(state=VersionState.READY)
        return ready.filter(number=int(number[:9])).first()

    def requirement(self, rest: str, content: H5PContent) -> Requirement:
        """Nothing is demanded."""
        return Requirement()

    def demands_on(self, content: H5PContent) -> Iterable[tuple[str, Requirement]]:
        """Nothing."""
        return ()

    def changed(self, user: User, rest: str, now: datetime) -> None:
        """Nothing follows."""

    def title(self, rest: str) -> str:
        """What the trainer is told."""
        return _("Preview of the content")


@require_safe
@for_trainers
def preview(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Play it, and see what it reports and what of that would count."""
    content = content_called(public_id)
    version = _wanted(content, request.GET.get("version", ""))
    silent = version is not None and is_finished_by_opening(version)
    verbs = finishing_verbs(version.main_library) if version and not silent else frozenset()
    context = {
        "content": content,
        "version": version,
        "place": preview_place(content, version.number if version else None),
        "verbs": " ".join(sorted(verbs)),
        "is_silent": silent,
    }
    return render(request, "h5p/preview.html", context)


def _wanted(content: H5PContent, number: str) -> H5PVersion | None:
    """The version that was asked for by its number; the one everybody plays where none was."""
    if not number.isdecimal():
        return ready_version(content)
    return get_object_or_404(content.versions, number=int(number[:9]), state=VersionState.READY)
