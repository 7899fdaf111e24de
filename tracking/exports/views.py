"""A report's page as a file."""

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods

from foundation.documents import FORMS
from foundation.intervals import today
from tracking.exports.documents import (
    OFFERS,
    Offer,
    Unanswerable,
    document_bytes,
    name_of,
    start_document_job,
)
from tracking.organisation.models import User


@require_http_methods(["GET", "HEAD", "POST"])
def download(request: HttpRequest, report: str, form: str) -> HttpResponse:
    """Exactly what the page of the same address shows. A large one is made as a job."""
    offer = OFFERS[report]
    if form not in offer.forms:
        raise Http404
    assert isinstance(request.user, User)  # every view here needs a log-in
    query = _asked(offer, request.GET)
    page = f"{reverse(offer.page)}?{query.urlencode()}"
    try:
        weight = offer.weigh(request.user, query)
        if weight.is_large(form):
            if request.method != "POST":
                context = {"title": weight.title, "back": page}
                return render(request, "exports/large.html", context)
            query.setdefault("datum", today().isoformat())
            job = start_document_job(owner=request.user, report=report, query=query, form=form)
            return redirect("jobs:page", job.public_id)
        made = offer.make(request.user, query)
    except Unanswerable:
        # The page says what is wrong; a file could only be taken for "nothing".
        return redirect(page)
    content = document_bytes(made, form)
    made.told(form)
    headers = {"Content-Disposition": content_disposition_header(True, name_of(made, form)) or ""}
    return HttpResponse(content, content_type=FORMS[form].content_type, headers=headers)


def _asked(offer: Offer, given: QueryDict) -> QueryDict:
    """The parameters that the report knows, and no others."""
    taken = QueryDict(mutable=True)
    for name in offer.carries:
        if name in given:
            taken[name] = str(given[name])
    return taken
