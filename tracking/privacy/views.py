"""One's own data, what the log says of oneself, and the log as an auditor reads it."""

from http import HTTPStatus

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from foundation.intervals import today
from tracking.audit.actions import record, record_reading
from tracking.audit.models import AuditEntry, AuditEvent
from tracking.audit.queries import entries_about
from tracking.organisation.models import Person, User
from tracking.organisation.queries import organisation_on
from tracking.privacy.erasures import ERASURES
from tracking.privacy.forms import LogForm
from tracking.privacy.own_data import as_json, as_pdf, own_data
from tracking.privacy.sections import SECTIONS, Owner
from tracking.privacy.words import lines_to_an_auditor, lines_to_the_person
from tracking.reports.gates import roles_for

ROWS_A_PAGE = 50
FILES = {"json": (as_json, "application/json"), "pdf": (as_pdf, "application/pdf")}


def _owner(request: HttpRequest) -> Owner:
    assert isinstance(request.user, User)  # every view here needs a log-in
    person: Person | None = getattr(request.user, "person", None)
    return Owner(request.user, person, today())


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """Mina uppgifter: what is kept about me, and how do I get it?"""
    owner = _owner(request)
    context = {
        "has_person": owner.person is not None,
        "sections": SECTIONS.values(),
        "erasures": ERASURES.values(),
    }
    return render(request, "privacy/mine.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def erase(request: HttpRequest, code: str) -> HttpResponse:
    """Take away some of one's own data: asked about first, done when it is sent."""
    erasure, owner = ERASURES.get(code), _owner(request)
    if erasure is None:
        raise Http404
    if request.method == "POST":
        erasure.erase(owner.user)
        messages.success(request, _("Deleted."))
        return HttpResponseRedirect(reverse("privacy:mine"), status=HTTPStatus.SEE_OTHER)
    context = {"erasure": erasure, "count": erasure.count(owner.user)}
    return render(request, "privacy/erase.html", context)


@require_POST
def mine_as_file(request: HttpRequest, form: str) -> HttpResponse:
    """Everything kept about the one who asks; never about anybody else."""
    if form not in FILES:
        raise Http404
    owner, now = _owner(request), timezone.now()
    write, kind = FILES[form]
    content = write(own_data(owner, now=now))
    with transaction.atomic():
        about = [owner.person] if owner.person else []
        record(AuditEvent.OWN_DATA_EXPORTED, actor=owner.user, about=about, detail={"format": form})
    name = f"mina-uppgifter-{owner.on:%Y-%m-%d}.{form}"
    headers = {"Content-Disposition": content_disposition_header(True, name) or "attachment"}
    return HttpResponse(content, content_type=kind, headers=headers)


@require_safe
def concerning_me(request: HttpRequest) -> HttpResponse:
    """Vem har sett mina uppgifter? What others have done, by role."""
    owner = _owner(request)
    entries = entries_about(owner.person.pk) if owner.person else AuditEntry.objects.none()
    others = entries.exclude(actor=owner.user)
    page = Paginator(others, ROWS_A_PAGE).get_page(request.GET.get("sida"))
    context = {"page": page, "lines": lines_to_the_person(page)}
    return render(request, "privacy/concerning_me.html", context)


@require_safe
def log(request: HttpRequest) -> HttpResponse:
    """Granskningsloggen, for an auditor; that it was read is written there too."""
    if not roles_for(request).is_auditor:
        raise PermissionDenied
    form = LogForm(request.GET, tree=organisation_on(today()))
    if not form.is_valid():
        return render(request, "privacy/log.html", {"form": form}, status=HTTPStatus.BAD_REQUEST)
    page = Paginator(form.entries(), ROWS_A_PAGE).get_page(request.GET.get("sida"))
    context = {"form": form, "page": page, "lines": lines_to_an_auditor(page)}
    query = request.GET.copy()
    query.pop("sida", None)
    context["query"] = f"{query.urlencode()}&" if query else ""
    record_reading(
        AuditEvent.LOG_READ,
        actor=_owner(request).user,
        unit=form.cleaned_data["enhet"],
        detail=form.said(),
    )
    return render(request, "privacy/log.html", context)
