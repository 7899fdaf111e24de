"""Kunskapsmål: the list, one target, and the way to change or end it."""

from http import HTTPStatus

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from foundation.intervals import inclusive, today
from tracking.organisation.models import User
from tracking.programme.actions import begin_draft
from tracking.programme.forms import LastDayForm
from tracking.programme.getters import drafts_of, editor
from tracking.programme.models import Purpose
from tracking.programme.names import names_of_all
from tracking.programme.queries import known_target, programme, target_page
from tracking.programme.rules import may_change, may_read
from tracking.reports.gates import roles_for, scope_of, units_of
from tracking.targets.actions import PublishedMeanwhile, end_target
from tracking.targets.models import Target
from tracking.targets.rules import TargetRefused
from tracking.targets.words import sentence


def _reader(request: HttpRequest) -> User:
    roles = roles_for(request)
    if not isinstance(request.user, User) or not may_read(request.user, roles, today()):
        raise PermissionDenied
    return request.user


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """What is to be known, goal by goal."""
    user = _reader(request)
    changes = may_change(user, today())
    context = {
        "sections": programme(today(), names_of_all()),
        "may_change": changes,
        "drafts": drafts_of(user) if changes else [],
    }
    return render(request, "programme/list.html", context)


@require_safe
def target(request: HttpRequest, code: str) -> HttpResponse:
    """One target: what it says, where that stands, and what it has said."""
    user = _reader(request)
    page = target_page(code, today(), names_of_all(), scope_of(request))
    if page is None:
        raise Http404
    context = {
        "page": page,
        "may_change": may_change(user, today()) and page.is_known,
        "sees_figures": units_of(request).roles.sees_figures,
    }
    return render(request, "programme/target.html", context)


@require_safe
def change(request: HttpRequest, code: str) -> HttpResponse:
    """What is to be done with the target: corrected, followed by another, or ended?"""
    editor(request)
    found = _known(code)
    context = {"target": found, "sentence": sentence(found, names_of_all())}
    return render(request, "programme/change.html", context)


@require_POST
def begin(request: HttpRequest) -> HttpResponse:
    """Begin a draft, or go on with the one there is."""
    user = editor(request)
    asked = request.POST.get("slag", Purpose.NEW)
    purpose = Purpose(asked) if asked in Purpose.values else Purpose.NEW
    base = None if purpose == Purpose.NEW else _known(request.POST.get("mal", ""))
    draft = begin_draft(owner=user, purpose=purpose, base=base)
    return redirect("programme:draft", draft.public_id)


@require_http_methods(["GET", "HEAD", "POST"])
def end(request: HttpRequest, code: str) -> HttpResponse:
    """The last day of a target."""
    user = editor(request)
    found = _known(code)
    form = LastDayForm(request.POST or None, last=inclusive(found.valid_to) or today())
    if request.method == "POST" and form.is_valid():
        base = Target.objects.filter(pk=_number(request.POST.get("version", ""))).first()
        try:
            if base is None or base.code != code:
                raise PublishedMeanwhile(found)
            end_target(base=base, last_day=form.cleaned_data["till"], actor=user)
        except TargetRefused as refused:
            form.add_error("till", refused.faults[0].expected)
        except PublishedMeanwhile:
            form.add_error(
                None, gettext("Somebody else has changed the target. Look at it, and choose again.")
            )
        else:
            messages.success(request, gettext("The target has been given its last day."))
            return redirect("programme:target", code)
    context = {
        "target": found,
        "version": found.pk,
        "form": form,
        "sentence": sentence(found, names_of_all()),
    }
    status = HTTPStatus.BAD_REQUEST if form.errors else HTTPStatus.OK
    return render(request, "programme/end.html", context, status=status)


def _known(code: str) -> Target:
    found = known_target(code)
    if found is None:
        raise Http404
    return found


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else 0
