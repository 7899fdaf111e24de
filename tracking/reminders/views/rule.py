"""The rule: what it is about to do, which targets it reminds of, and what of it came back."""

from http import HTTPStatus
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from foundation.intervals import today
from tracking.audit.actions import record_reading
from tracking.audit.models import AuditEvent
from tracking.organisation.models import DutyRole
from tracking.reminders.actions import address_works, switch_target
from tracking.reminders.coming import coming_mails, latest_round, ruled_targets
from tracking.reminders.forms import UnitForm
from tracking.reminders.models import Bounce
from tracking.reminders.own import people_of
from tracking.reminders.queries import standing_bounces
from tracking.reminders.rules import may_remind, rules_reminders, sees_bounces, sees_whose
from tracking.reminders.seen import reminders_seen
from tracking.reminders.views.pages import page_of
from tracking.reports.gates import roles_for, scope_of
from tracking.reports.seen import reader

ROWS_A_PAGE = 50
# People whose week ahead is worked out while somebody waits.
WHILE_WAITING = 3000


@require_safe
def rules(request: HttpRequest) -> HttpResponse:
    """Automatiska påminnelser: which targets, and how many mails in the week ahead."""
    if not rules_reminders(roles_for(request)):
        raise PermissionDenied
    run = latest_round()
    context = {
        "run": run,
        "targets": ruled_targets(run, on=today()),
        "first_hour": settings.REMINDER_FROM_HOUR,
        "last_hour": settings.REMINDER_UNTIL_HOUR,
        "is_set_up": settings.MAIL_IS_SET_UP,
    }
    return page_of(request, "rules", context)


@require_POST
def switch(request: HttpRequest) -> HttpResponse:
    """Whether the rule reminds of a target."""
    if not rules_reminders(roles_for(request)):
        raise PermissionDenied
    known = {row.code: row for row in ruled_targets(None, on=today())}
    target = known.get(request.POST.get("mal", ""))
    if target is None:
        raise Http404
    on = request.POST.get("paminn") == "ja"
    switch_target(target=target.code, on=on, actor=reader(request), now=timezone.now())
    said = (
        gettext("Reminders of “%(name)s” are on.")
        if on
        else gettext("Reminders of “%(name)s” are off.")
    )
    messages.success(request, said % {"name": target.name})
    answer = redirect("reminders:rules")
    answer.status_code = HTTPStatus.SEE_OTHER
    return answer


@require_safe
def coming(request: HttpRequest) -> HttpResponse:
    """Kommande påminnelser: whom of one's people the rule will write to in the week ahead."""
    scope = scope_of(request)
    if not may_remind(scope.roles):
        raise PermissionDenied
    form = UnitForm(request.GET, scope=scope)
    unit = form.cleaned_data["enhet"] if form.is_valid() else ""
    whole = scope.roles.is_coordinator and not unit
    people = [] if whole else people_of(scope, unit)
    too_many = whole or len(people) > WHILE_WAITING
    mails = [] if too_many else coming_mails(people, on=today())
    page = Paginator(mails, ROWS_A_PAGE).get_page(request.GET.get("sida"))
    shown = [one.person.pk for one in page.object_list]
    reminders_seen(reader(request), scope, shown, unit=unit, on=today())
    query = f"enhet={unit}&" if request.GET.get("enhet") else ""
    context = {"form": form, "page": page, "too_many": too_many, "query": query}
    return page_of(request, "coming", context)


@require_safe
def bounces(request: HttpRequest) -> HttpResponse:
    """Mejl i retur: whose address takes no mail; to administrators, how many."""
    roles = roles_for(request)
    if not sees_bounces(request.user, roles):
        raise PermissionDenied
    found = standing_bounces()
    context: dict[str, object] = {"count": found.count(), "is_closed": not sees_whose(roles)}
    if sees_whose(roles):
        page = Paginator(found.filter(person__protected=False), ROWS_A_PAGE).get_page(
            request.GET.get("sida")
        )
        about = [one.person_id for one in page.object_list]
        if about:
            record_reading(
                AuditEvent.BOUNCES_SEEN,
                actor=reader(request),
                about=about,
                detail={"roll": str(DutyRole.COORDINATOR)},
            )
        context["page"] = page
    return page_of(request, "bounces", context)


@require_POST
def works(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Somebody has heard that the address works: mails go there again."""
    if not sees_whose(roles_for(request)):
        raise PermissionDenied
    with transaction.atomic():
        open_to_see = Bounce.objects.filter(person__protected=False)
        bounce = get_object_or_404(open_to_see, public_id=public_id)
        address_works(bounce=bounce, actor=reader(request), now=timezone.now())
    messages.success(request, gettext("Mails go to the address again."))
    answer = redirect("reminders:bounces")
    answer.status_code = HTTPStatus.SEE_OTHER
    return answer
