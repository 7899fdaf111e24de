"""`{% load quality %}{% data_quality %}`: beside figures, that what they rest on has gaps."""

from django import template
from django.http import HttpRequest
from django.template.context import RequestContext
from django.urls import reverse

from tracking.quality.queries import has_findings
from tracking.quality.rules import sees_quality
from tracking.reports.gates import roles_for

register = template.Library()


@register.inclusion_tag("quality/_notice.html", takes_context=True)
def data_quality(context: RequestContext) -> dict[str, object]:
    """From the reading of the last night or import: nothing is counted."""
    request: HttpRequest = context["request"]
    opens = sees_quality(request.user, roles_for(request))
    return {
        "has_findings": has_findings(),
        "url": reverse("quality:index") if opens else "",
    }
