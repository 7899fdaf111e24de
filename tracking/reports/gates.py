"""Who is asking, worked out once a request."""

from django.http import HttpRequest

from foundation.intervals import today
from tracking.organisation.roles import Roles, roles_of
from tracking.organisation.rules import PersonScope, UnitScope, units_visible_to, visible_to

_SCOPE_KEPT_AS = "_tracking_scope"
_UNITS_KEPT_AS = "_tracking_units"
_ROLES_KEPT_AS = "_tracking_roles"


def scope_of(request: HttpRequest) -> PersonScope:
    """What the one who asks may see, today."""
    kept = getattr(request, _SCOPE_KEPT_AS, None)
    if not isinstance(kept, PersonScope):
        kept = visible_to(request.user, today())
        setattr(request, _SCOPE_KEPT_AS, kept)
        setattr(request, _UNITS_KEPT_AS, kept)
        setattr(request, _ROLES_KEPT_AS, kept.roles)
    return kept


def units_of(request: HttpRequest) -> UnitScope:
    """What the one who asks may see of units, today: enough for a page that shows nobody."""
    kept = getattr(request, _UNITS_KEPT_AS, None)
    if not isinstance(kept, UnitScope):
        kept = units_visible_to(request.user, today())
        setattr(request, _UNITS_KEPT_AS, kept)
        setattr(request, _ROLES_KEPT_AS, kept.roles)
    return kept


def roles_for(request: HttpRequest) -> Roles:
    """The roles of the one who asks, today."""
    kept = getattr(request, _ROLES_KEPT_AS, None)
    if not isinstance(kept, Roles):
        kept = roles_of(request.user, today())
        setattr(request, _ROLES_KEPT_AS, kept)
    return kept
