"""The catalogue of components, in the demo only."""

from itertools import groupby

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from foundation.components.catalogue import GROUPS, components
from foundation.components.samples import samples


@require_safe
def catalogue(request: HttpRequest, group: str = "") -> HttpResponse:
    """All groups with their components; or one group, each component with its examples."""
    if not settings.DEMO or (group and group not in GROUPS):
        raise Http404
    order = list(GROUPS)
    found = sorted(components(), key=lambda one: (order.index(one.declaration.group), one.name))
    context: dict[str, object] = {
        "group": group,
        "title": GROUPS.get(group, ""),
        "shown": [one for one in found if one.declaration.group == group],
        "groups": [
            (code, GROUPS[code], list(ones))
            for code, ones in groupby(found, key=lambda one: one.declaration.group)
        ],
    }
    return render(request, "catalogue/catalogue.html", samples() | context)
