"""The pages about reminders share a row of links: each shows those that open for its reader."""

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tracking.reminders.rules import sees_bounces
from tracking.reports.gates import roles_for


def page_of(request: HttpRequest, name: str, context: Mapping[str, object]) -> HttpResponse:
    """The page of this name, with the links."""
    roles = roles_for(request)
    nav = {"roles": roles, "sees_bounces": sees_bounces(request.user, roles)}
    return render(request, f"reminders/{name}.html", {**context, "nav": nav})
