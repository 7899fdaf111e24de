"""What was sent: to one's own people, and to oneself, with what one has chosen."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from foundation.intervals import today
from tracking.organisation.models import Person
from tracking.reminders.actions import choose
from tracking.reminders.forms import ChoiceForm, UnitForm
from tracking.reminders.models import ReminderChoice
from tracking.reminders.own import people_of
from tracking.reminders.queries import in_words, mails_to, reminders_to
from tracking.reminders.rules import may_remind
from tracking.reminders.seen import reminders_seen
from tracking.reminders.views.pages import page_of
from tracking.reports.gates import roles_for, scope_of
from tracking.reports.seen import reader

ROWS_A_PAGE = 50


@require_safe
def log(request: HttpRequest) -> HttpResponse:
    """Skickade påminnelser: to whom, when, about what, by whom, and whether it arrived."""
    scope = scope_of(request)
    if not may_remind(scope.roles):
        raise PermissionDenied
    form = UnitForm(request.GET, scope=scope)
    unit = form.cleaned_data["enhet"] if form.is_valid() else ""
    everybody = scope.roles.is_coordinator and (not unit or unit == scope.tree.root)
    people = None if everybody else people_of(scope, unit)
    page = Paginator(reminders_to(people), ROWS_A_PAGE).get_page(request.GET.get("sida"))
    lines = in_words(page.object_list)
    reminders_seen(
        reader(request), scope, [one.mail.person_id for one in lines], unit=unit, on=today()
    )
    query = request.GET.copy()
    query.pop("sida", None)
    context = {
        "form": form,
        "page": page,
        "lines": lines,
        "query": f"{query.urlencode()}&" if query else "",
        "reader": reader(request),
    }
    return page_of(request, "log", context)


@require_http_methods(["GET", "HEAD", "POST"])
def mine(request: HttpRequest) -> HttpResponse:
    """Mina påminnelser: what I have been sent, and what I want to be sent."""
    user, roles = reader(request), roles_for(request)
    person: Person | None = getattr(user, "person", None)
    if person is None:
        return page_of(request, "mine", {"has_person": False})
    manages = bool(roles.manages)
    form = ChoiceForm(request.POST or None, initial=_chosen(person), manages=manages)
    if request.method == "POST" and form.is_valid():
        held = _chosen(person)
        choose(
            person=person,
            optional=form.cleaned_data["rekommenderat"],
            summary=form.cleaned_data.get("sammanfattning", held["sammanfattning"]),
            language=form.cleaned_data["sprak"],
            actor=user,
        )
        messages.success(request, gettext("Your choice is kept."))
        return redirect("reminders:mine")
    page = Paginator(mails_to(person), ROWS_A_PAGE).get_page(request.GET.get("sida"))
    context = {
        "has_person": True,
        "has_address": bool(person.email),
        "form": form,
        "page": page,
        "lines": in_words(page.object_list),
    }
    return page_of(request, "mine", context)


def _chosen(person: Person) -> dict[str, object]:
    held = ReminderChoice.objects.filter(person=person).first() or ReminderChoice(person=person)
    return {
        "rekommenderat": held.wants_optional,
        "sammanfattning": held.wants_summary,
        "sprak": held.language,
    }
