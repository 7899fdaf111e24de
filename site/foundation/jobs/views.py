"""The pages of one's own jobs; other people's are not there."""

from io import StringIO
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.views.decorators.http import require_POST, require_safe

from foundation.components.numbers import share_of
from foundation.formats import inert, write_csv
from foundation.intervals import today
from foundation.jobs.actions import cancel_job, errors_of
from foundation.jobs.kinds import KINDS, no_details
from foundation.jobs.models import Job, private_storage
from foundation.jobs.queries import may_read_result, progress_words, shown_job

LATEST = 50
COMPONENT = "components/job.html"


def _own(request: HttpRequest, public_id: UUID) -> Job:
    """The job, if it is the asker's."""
    return get_object_or_404(Job.objects.of(request.user), public_id=public_id)


def _readable(request: HttpRequest, public_id: UUID) -> Job:
    """The job, if the asker may still have what it made."""
    job = _own(request, public_id)
    if not may_read_result(job, today()):
        raise PermissionDenied
    return job


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """What I have started, the latest first."""
    jobs = Job.objects.of(request.user).light()[:LATEST]
    return render(request, "jobs/mine.html", {"jobs": jobs})


@require_safe
def page(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """How it goes, or what came of it."""
    job = _own(request, public_id)
    shown = shown_job(job, today())
    details = KINDS[job.kind].details(job, request) if shown.may_read and job.kind in KINDS else ""
    return render(request, "jobs/job.html", {"job": shown, "details": details})


@require_safe
def state(request: HttpRequest, public_id: UUID) -> JsonResponse:
    """The same for the page's script: what has changed, and the whole when it is over."""
    job = get_object_or_404(Job.objects.of(request.user).light(), public_id=public_id)
    words = progress_words(job)
    answer = {"over": job.is_over, "words": words, "percent": share_of(job.done, job.total)}
    if job.is_over:
        shown = shown_job(job, today())
        context = {"job": shown, "csrf_token": get_token(request)}
        answer |= {"words": shown.label, "html": render_to_string(COMPONENT, context)}
        # What comes below is the page's own: it is fetched anew.
        answer["more"] = job.kind in KINDS and KINDS[job.kind].details is not no_details
    return JsonResponse(answer)


@require_POST
def cancel(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Ask it to end."""
    job = _own(request, public_id)
    cancel_job(job=job)
    return redirect("jobs:page", job.public_id)


@require_safe
def result(request: HttpRequest, public_id: UUID) -> FileResponse:
    """The file, as long as it is kept and theirs to have."""
    job = _readable(request, public_id)
    try:
        file = private_storage().open(job.result) if job.result else None
    except FileNotFoundError:
        file = None
    if file is None:
        raise Http404
    return FileResponse(file, as_attachment=True, filename=job.result_name)


@require_safe
def errors(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """All errors as a file, for those who mend the source in a spreadsheet."""
    job = _readable(request, public_id)
    text = StringIO(newline="")
    rows = [[inert(cell) for cell in error] for error in errors_of(job)]
    write_csv(text, ["plats", "varde", "forvantat"], rows)
    return HttpResponse(
        text.getvalue().encode("utf-8-sig"),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="fel.csv"'},
    )
