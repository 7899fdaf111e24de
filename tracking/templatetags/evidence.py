"""`{% load evidence %}{% waiting_proofs %}`: beside one's staff, that proofs wait to be judged."""

from django import template
from django.http import HttpRequest
from django.template.context import RequestContext

from tracking.evidence.proof.queries import waiting_for
from tracking.reports.gates import scope_of

register = template.Library()


@register.inclusion_tag("evidence/_waiting.html", takes_context=True)
def waiting_proofs(context: RequestContext) -> dict[str, object]:
    """How many the reader can decide on."""
    request: HttpRequest = context["request"]
    scope = scope_of(request)
    return {
        "count": waiting_for(scope).count() if scope.roles.sees_staff else 0,
        "unit": request.GET.get("enhet", ""),
    }
