"""A manager's own reminder: look at it, send it, see what became of it."""

import uuid
from collections import Counter
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from foundation.intervals import STOCKHOLM, today
from tracking.organisation.rules import PersonScope
from tracking.reminders.actions import Asked, role_of, send_own
from tracking.reminders.forms import ChosenForm, WordsForm
from tracking.reminders.hours import leaves_at
from tracking.reminders.models import LeftOut, ReminderBatch
from tracking.reminders.own import MOST, Plan, chosen_people, people_of, plan_own
from tracking.reminders.queries import mails_of
from tracking.reminders.rules import may_remind
from tracking.reminders.seen import reminders_seen
from tracking.reminders.writing import reminder_letter
from tracking.reports.choosing import forget_choice, kept_choice
from tracking.reports.gates import scope_of
from tracking.reports.seen import reader
from tracking.status.engine import ground_at
from tracking.status.known import Known


def _gate(request: HttpRequest) -> PersonScope:
    scope = scope_of(request)
    if not may_remind(scope.roles):
        raise PermissionDenied
    return scope


def _chosen(request: HttpRequest, scope: PersonScope) -> ChosenForm:
    given = request.POST if request.method == "POST" else request.GET
    targets = ground_at(today(), Known.through(None)).targets
    return ChosenForm(given, scope=scope, targets=targets)


@require_http_methods(["GET", "HEAD", "POST"])
def preview(request: HttpRequest) -> HttpResponse:
    """Exactly the mails that would leave. A POST shows the same: its people fit in no address."""
    scope = _gate(request)
    chosen = _chosen(request, scope)
    typed = "nyckel" in request.POST
    words = WordsForm(request.POST if typed else None, initial={"nyckel": uuid.uuid4()})
    return _preview(request, scope, chosen, words)


@require_POST
def send(request: HttpRequest) -> HttpResponse:
    """Let them leave; pressed twice, or sent again, it is done once."""
    scope = _gate(request)
    chosen, words = _chosen(request, scope), WordsForm(request.POST)
    if not (chosen.is_valid() and words.is_valid() and settings.MAIL_IS_SET_UP):
        return _preview(request, scope, chosen, words)
    asked = Asked(
        token=words.cleaned_data["nyckel"],
        unit=chosen.cleaned_data["enhet"],
        people=chosen.cleaned_data["person"],
        target=chosen.cleaned_data["mal"],
        own_line=words.cleaned_data["egen_rad"],
    )
    forget_choice(request)
    batch = send_own(asked=asked, scope=scope, actor=reader(request), now=timezone.now())
    answer = redirect("reminders:batch", batch.public_id)
    answer.status_code = HTTPStatus.SEE_OTHER
    return answer


@require_safe
def batch(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """What became of the reminders one has asked for."""
    scope = _gate(request)
    own = ReminderBatch.objects.filter(sent_by=reader(request))
    found = get_object_or_404(own, public_id=public_id)
    mails = [mail for mail in mails_of(found) if scope.sees(mail.person_id)]
    reminders_seen(
        reader(request), scope, [mail.person_id for mail in mails], unit=found.unit_code, on=today()
    )
    context = {
        "batch": found,
        "mails": mails,
        "left_out": _reasons(found.left_out),
        "back": _staff(found.unit_code),
        "waits": found.leaves_at > timezone.now(),
    }
    return render(request, "reminders/batch.html", context)


def _preview(
    request: HttpRequest, scope: PersonScope, chosen: ChosenForm, words: WordsForm
) -> HttpResponse:
    context: dict[str, Any] = {"chosen": chosen, "words": words, "back": _staff("")}
    if not chosen.is_valid():
        return render(request, "reminders/preview.html", context, status=HTTPStatus.BAD_REQUEST)
    unit, target = chosen.cleaned_data["enhet"], chosen.cleaned_data["mal"]
    context |= {"back": _staff(unit), "target": chosen.targets.get(target)}
    leaves = leaves_at(timezone.now())
    on = leaves.astimezone(STOCKHOLM).date()
    # More than fit in an address are kept from the list; a target is its whole unit's.
    people = chosen.cleaned_data["person"] or ([] if target else kept_choice(request, unit))
    if people:
        keys, nobody = chosen_people(scope, people)
        plan = plan_own(scope, keys, on=on, target=target, unnamed=nobody.unnamed)
    else:
        plan = plan_own(scope, people_of(scope, unit), on=on, target=target)
        if len(plan.planned) > MOST:
            context |= {"too_many": len(plan.planned), "most": MOST}
            return render(request, "reminders/preview.html", context)
        plan = Plan(plan.planned, (), {})  # the others of a whole unit are no news
    shown = [one.who.pk for one in plan.planned] + [one.who.pk for one in plan.omitted]
    reminders_seen(reader(request), scope, shown, unit=unit, on=on)
    line = words["egen_rad"].value() or "" if not words.errors else ""
    role = role_of(scope, unit)
    context |= {
        "plan": plan,
        "unit": unit,
        "letters": [
            (one, reminder_letter(one.who, one.lines, on=on, role=role, own_line=line))
            for one in plan.planned
        ],
        "unnamed": _reasons(plan.unnamed),
        "leaves": leaves,
        "leaves_now": leaves <= timezone.now(),
        "is_set_up": settings.MAIL_IS_SET_UP,
    }
    status = HTTPStatus.BAD_REQUEST if words.errors else HTTPStatus.OK
    return render(request, "reminders/preview.html", context, status=status)


def _reasons(counts: Any) -> list[tuple[str, int]]:
    """Why, in words, and how many; in the order of the reasons."""
    counted = Counter({str(reason): number for reason, number in counts.items()})
    return [(str(one.label), counted[one.value]) for one in LeftOut if counted[one.value]]


def _staff(unit: str) -> str:
    query = f"?{urlencode({'enhet': unit})}" if unit else ""
    return f"{reverse('reports:staff')}{query}"
