"""A draft of a target: filled in, tried out, looked over and published."""

from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from foundation.intervals import today
from tracking.programme.actions import discard_draft, keep_draft, publish_draft, rebase_draft
from tracking.programme.builder import Builder
from tracking.programme.effect import question
from tracking.programme.getters import builder_of, drafts_of, editor, own_draft
from tracking.programme.models import TargetDraft
from tracking.programme.people import WAYS, people_of
from tracking.programme.queries import known_target
from tracking.programme.shown import Context, looked_over, theirs, tried
from tracking.programme.steps import done
from tracking.programme.trying import start_trying
from tracking.programme.typed import Typed
from tracking.reports.gates import scope_of, units_of
from tracking.reports.seen import reader
from tracking.targets.actions import PublishedMeanwhile
from tracking.targets.rules import TargetRefused

PEOPLE_A_PAGE = 100


@require_http_methods(["GET", "HEAD", "POST"])
def draft(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Fill in the sentence; every press keeps what has been typed."""
    found = own_draft(editor(request), public_id)
    if request.method == "POST" and "grupp" in request.POST:
        return _filled_in(request, found)
    builder = builder_of(found)
    if "kontrollera" in request.GET:
        builder.form.show(builder.faults)
    return _page(request, builder)


def _filled_in(request: HttpRequest, found: TargetDraft) -> HttpResponse:
    asked = request.POST.get("gor", "visa")
    if asked == "kasta":
        discard_draft(draft=found)
        messages.success(request, gettext("The draft has been thrown away."))
        return redirect("programme:list")
    vocabulary = builder_of(found).vocabulary
    typed = Typed.read(dict(request.POST.lists())).settled(vocabulary.unit_code)
    step = done(typed, asked)
    keep_draft(draft=found, typed=step.typed)
    if asked == "rakna":
        return _worked_out(request, Builder(found, step.typed, vocabulary))
    if asked != "granska":
        here = reverse("programme:draft", args=[found.public_id])
        return redirect(f"{here}{'?kontrollera=1' if step.failed else ''}{step.place}")
    builder = Builder(found, step.typed, vocabulary)
    if builder.faults:
        builder.form.show(builder.faults)
        return _page(request, builder, status=HTTPStatus.BAD_REQUEST)
    return redirect("programme:review", found.public_id)


def _worked_out(request: HttpRequest, builder: Builder) -> HttpResponse:
    """In a large city by a job, with its progress on a page of its own."""
    asked = question(builder.row, builder.base, today())
    if asked is None:
        return redirect("programme:draft", builder.draft.public_id)
    job = start_trying(draft=builder.draft, asked=asked, actor=reader(request))
    return redirect("jobs:page", job.public_id)


def _page(
    request: HttpRequest, builder: Builder, status: HTTPStatus = HTTPStatus.OK
) -> HttpResponse:
    context = {"builder": builder, "form": builder.form, **tried(request, builder)}
    return render(request, "programme/draft.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def review(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """What would be published, what it changes, and the button that does it."""
    user = editor(request)
    if request.method == "POST" and not drafts_of(user).filter(public_id=public_id).exists():
        return _published_already(request)
    builder = builder_of(own_draft(user, public_id))
    if builder.faults:
        return redirect(f"{reverse('programme:draft', args=[public_id])}?kontrollera=1")
    context: Context = {"builder": builder, **looked_over(builder)}
    if request.method == "POST":
        answer = _publish(request, builder, context)
        if answer:
            return answer
    context |= tried(request, builder)
    status = HTTPStatus.CONFLICT if request.method == "POST" else HTTPStatus.OK
    return render(request, "programme/review.html", context, status=status)


def _publish(request: HttpRequest, builder: Builder, context: Context) -> HttpResponse | None:
    """What comes of it; None where there is something to look at first, put into the context."""
    found = builder.draft
    if request.POST.get("gor") == "bygg-om":
        present = known_target(builder.base.code) if builder.base else None
        if present:
            rebase_draft(draft=found, base=present)
        return redirect("programme:review", found.public_id)
    if request.POST.get("sett") != context["seen"]:
        context["has_changed"] = True
        return None
    try:
        published = publish_draft(draft=found, cells=builder.row, actor=reader(request))
    except TargetRefused as refused:
        builder.form.show(refused.faults)
        return _page(request, builder, status=HTTPStatus.BAD_REQUEST)
    except PublishedMeanwhile as meanwhile:
        context |= theirs(builder, meanwhile.present)
        return None
    if published.is_new:
        messages.success(request, gettext("The target has been published."))
    return redirect("programme:target", published.target.code)


def _published_already(request: HttpRequest) -> HttpResponse:
    """A second press on the button: the first has done it, and the draft is gone."""
    known = known_target(request.POST.get("kod", ""))
    if known is None:
        raise Http404
    return redirect("programme:target", known.code)


@require_safe
def people(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Who would come in, fall out or be in it: by name, as far as rights go."""
    builder = builder_of(own_draft(editor(request), public_id))
    asked = question(builder.row, builder.base, today())
    way, unit = request.GET.get("vad", "in"), request.GET.get("enhet", "")
    if asked is None or way not in WAYS or not units_of(request).sees_figures_of(unit):
        raise Http404
    listed = people_of(asked, unit, way, scope_of(request))
    if listed is None:
        raise Http404
    page = Paginator(listed.people, PEOPLE_A_PAGE).get_page(request.GET.get("sida"))
    query = request.GET.copy()
    query.pop("sida", None)
    context = {
        "builder": builder,
        "listed": listed,
        "page": page,
        "shown": listed.shown(reader(request), list(page.object_list)),
        "query": f"{query.urlencode()}&",
    }
    return render(request, "programme/people.html", context)
