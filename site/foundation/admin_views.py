"""The administrators' page about the work in the background."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from foundation import outbox
from foundation.background import background, retry_job

PERMISSION = "foundation.change_outboxrow"


def may_open(request: HttpRequest) -> bool:
    """Whether the background's failures are theirs to mend."""
    return request.user.has_perm(PERMISSION)


@require_safe
def background_page(request: HttpRequest) -> HttpResponse:
    """What waits, what runs, what has failed."""
    if not may_open(request):
        raise PermissionDenied
    return render(request, "foundation/background.html", {"work": background(timezone.now())})


@require_POST
def retry(request: HttpRequest, what: str, pk: int) -> HttpResponse:
    """Take a failed row, or a failed job, up again."""
    if not may_open(request):
        raise PermissionDenied
    done = retry_job(pk) if what == "jobb" else outbox.retry(pk)
    if done:
        messages.success(request, gettext("It is tried again now."))
    else:
        messages.info(request, gettext("There was nothing to try again."))
    return redirect("background")
