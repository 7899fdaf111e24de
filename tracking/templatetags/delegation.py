"""`{% load delegation %}{% delegations %}`: who sees one's staff, whose one sees, until when."""

from django import template
from django.http import HttpRequest
from django.template.context import RequestContext

from tracking.delegation.queries import delegations_of
from tracking.reports.gates import scope_of

register = template.Library()


@register.inclusion_tag("delegation/_notice.html", takes_context=True)
def delegations(context: RequestContext) -> dict[str, object]:
    """One query where there is none."""
    request: HttpRequest = context["request"]
    scope = scope_of(request)
    return {"standing": delegations_of(scope.roles.person, scope.on, scope.tree)}
