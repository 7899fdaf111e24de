"""Uploading packages: one by one from the page's script, or all at once from a plain form."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from courses.h5p.store.models import H5PContent
from courses.h5p.studio.demands import beyond_reach
from courses.h5p.studio.forms import OneUploadForm, UploadForm
from courses.h5p.studio.gates import account, content_called, for_changers, for_trainers
from courses.h5p.studio.publishing import not_theirs_of
from courses.h5p.studio.receiving import Outcome, largest, receive
from courses.h5p.studio.standing import some_of, standing_of

MEGABYTE = 1 << 20


@require_http_methods(["GET", "HEAD", "POST"])
@for_trainers
def upload(request: HttpRequest) -> HttpResponse:
    """New content, from as many packages as were chosen."""
    form = UploadForm(*_sent(request))
    outcomes = []
    if request.method == "POST" and form.is_valid():
        now = timezone.now()
        outcomes = [
            receive(file=file, actor=account(request), now=now)
            for file in form.cleaned_data["packages"]
        ]
    return _answer(request, form, outcomes, None)


@require_http_methods(["GET", "HEAD", "POST"])
@for_changers
def replace(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """A new version of a content. Whoever has begun an older one keeps that.

    403 where readers meet it on a page that this person may not publish: nothing is looked through.
    """
    content = content_called(public_id)
    form = OneUploadForm(*_sent(request))
    outcomes = []
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        outcomes = [receive(file=file, actor=account(request), now=timezone.now(), content=content)]
    return _answer(request, form, outcomes, content)


def _sent(request: HttpRequest) -> tuple[Any, Any]:
    """What a form is bound to: also where nothing was chosen at all."""
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


def _answer(
    request: HttpRequest,
    form: UploadForm | OneUploadForm,
    outcomes: list[Outcome],
    content: H5PContent | None,
) -> HttpResponse:
    """JSON to the script; to a plain form the page again, or the content where all went well."""
    refused = request.method == "POST" and not (outcomes and all(one.is_taken for one in outcomes))
    status = HTTPStatus.BAD_REQUEST if refused else HTTPStatus.OK
    if any(one.is_forbidden for one in outcomes):
        status = HTTPStatus.FORBIDDEN
    if request.method == "POST" and request.accepts("application/json") and _is_script(request):
        errors = [message for field in form.errors.values() for message in field]
        answer = {"files": [said_of(one) for one in outcomes], "errors": errors}
        return JsonResponse(answer, status=status)
    if len(outcomes) == 1 and outcomes[0].imported is not None:
        messages.success(request, said_of(outcomes[0])["says"])
        return redirect("h5p_content", outcomes[0].imported.content.public_id)
    context = {
        "form": form,
        "content": content,
        "outcomes": [said_of(one) for one in outcomes],
        "megabytes": largest() // MEGABYTE,
        "bytes": largest(),
        "several": content is None,
        "not_theirs": not_theirs_of(content, account(request)),
    }
    return render(request, "h5p/studio/upload.html", context, status=status)


def _is_script(request: HttpRequest) -> bool:
    return request.headers.get("X-Requested-With") == "XMLHttpRequest"


def said_of(outcome: Outcome) -> dict[str, Any]:
    """What became of a file, as the page shows it and the script is told it."""
    said: dict[str, Any] = {"file": outcome.file_name, "taken": outcome.is_taken}
    if outcome.imported is None:
        return said | {"says": outcome.refusal, "detail": outcome.detail}
    content, version = outcome.imported.content, outcome.imported.version
    standing = standing_of(version)
    return said | {
        "title": content.title,
        "url": reverse("h5p_content", args=[content.public_id]),
        "state": standing.code.value,
        "says": " ".join(
            filter(None, [_taken(outcome), _waits(outcome), beyond_reach(content, version)])
        ),
    }


def _taken(outcome: Outcome) -> str:
    assert outcome.imported is not None
    if outcome.imported.unchanged:
        return _("This very package is here already; nothing was changed.")
    number = outcome.imported.version.number
    if number > 1:
        return _("Uploaded as version %(number)d.") % {"number": number}
    return _("Uploaded.")


def _waits(outcome: Outcome) -> str:
    """What keeps it from being played, if anything does."""
    assert outcome.imported is not None
    waits = outcome.imported.waits
    missing, waiting, blocked = waits.missing, waits.waiting, waits.blocked
    if missing:
        words = ngettext(
            "It lacks a library: %(names)s. Upload a package that brings it.",
            "It lacks libraries: %(names)s. Upload a package that brings them.",
            len(missing),
        )
        return words % {"names": some_of(missing)}
    if blocked and not waiting:
        words = ngettext(
            "It can't be played: the administrator has blocked a library, %(names)s.",
            "It can't be played: the administrator has blocked libraries, %(names)s.",
            len(blocked),
        )
        return words % {"names": some_of([str(one) for one in blocked])}
    if waiting:
        words = ngettext(
            "It waits for the administrator to approve a library: %(names)s.",
            "It waits for the administrator to approve libraries: %(names)s.",
            len(waiting),
        )
        return words % {"names": some_of([str(one) for one in waiting])}
    return _("It can be played.")
