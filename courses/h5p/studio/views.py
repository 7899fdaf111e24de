"""A content's own pages in the admin: what it is, its title, taking it out, taking it away."""

import tempfile
from collections.abc import Iterator
from http import HTTPStatus
from typing import IO
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from courses.h5p.results.figures import results_of
from courses.h5p.store.actions import (
    ContentGone,
    ContentUsed,
    NotTheirs,
    delete_content,
    rename_content,
)
from courses.h5p.store.packing import write_package
from courses.h5p.store.rules import may_approve, may_change, may_delete
from courses.h5p.studio.demands import beyond_reach
from courses.h5p.studio.forms import OneUploadForm, TitleForm
from courses.h5p.studio.gates import account, content_called, for_changers, for_trainers
from courses.h5p.studio.publishing import not_theirs_in_words, not_theirs_of
from courses.h5p.studio.queries import page_of
from courses.h5p.studio.receiving import largest
from courses.h5p.studio.usage import uses_with_drafts
from foundation.storages import CHUNK


@require_safe
@for_trainers
def content(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """What it is, its versions, what it waits for, where it is used and what came of it."""
    found = content_called(public_id)
    context = {
        "page": page_of(found, account(request)),
        "figures": results_of(found),
        "beyond_reach": beyond_reach(found, found.current),
        "title_form": TitleForm(initial={"title": found.title}),
        "form": OneUploadForm(auto_id="replace_%s"),
        "may_change": may_change(account(request)),
        "not_theirs": not_theirs_of(found, account(request)),
        "may_delete": may_delete(account(request)),
        "may_approve": may_approve(account(request)),
        "megabytes": largest() // (1 << 20),
        "bytes": largest(),
    }
    return render(request, "h5p/studio/content.html", context)


@require_POST
@for_changers
def title(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Call it something else here."""
    found = content_called(public_id)
    form = TitleForm(request.POST)
    if form.is_valid():
        try:
            rename_content(content=found, title=form.cleaned_data["title"], actor=account(request))
        except NotTheirs as theirs:
            messages.error(request, not_theirs_in_words(theirs.pages))
        except ContentGone as gone:
            raise Http404 from gone
        else:
            messages.success(request, _("The title is changed."))
    else:
        messages.error(request, _("A content must have a title. It keeps the one it had."))
    return redirect("h5p_content", public_id)


@require_http_methods(["GET", "HEAD", "POST"])
@for_trainers
def delete(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Refused while it is used, with where; asked about first."""
    found = content_called(public_id)
    if not may_delete(account(request)):
        raise PermissionDenied
    refused = False
    if request.method == "POST":
        try:
            delete_content(content=found, actor=account(request), now=timezone.now())
        except ContentUsed:
            refused = True
        else:
            messages.success(request, _("“%(title)s” is deleted.") % {"title": found.title})
            return redirect("h5p_contents")
    context = {
        "content": found,
        "uses": uses_with_drafts(found, account(request)),
        "refused": refused,
    }
    status = HTTPStatus.CONFLICT if refused else HTTPStatus.OK
    return render(request, "h5p/studio/delete.html", context, status=status)


@require_safe
@for_trainers
def download(_request: HttpRequest, public_id: UUID, number: int) -> StreamingHttpResponse:
    """A version as a package again, complete with the libraries it plays with."""
    found = content_called(public_id)
    version = get_object_or_404(found.versions.select_related("tree"), number=number)
    if version.missing:
        raise Http404  # a package without its libraries is no whole one
    file = tempfile.TemporaryFile()  # noqa: SIM115 (closed when the last part has been sent)
    write_package(version=version, out=file)
    size = file.tell()
    answer = StreamingHttpResponse(_parts(file), content_type="application/zip")
    name = slugify(found.title) or "h5p"
    answer["Content-Disposition"] = f'attachment; filename="{name[:80]}-{number}.h5p"'
    answer["Content-Length"] = size
    return answer


def _parts(file: IO[bytes]) -> Iterator[bytes]:
    with file:
        file.seek(0)
        while chunk := file.read(CHUNK):
            yield chunk
