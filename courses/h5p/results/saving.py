"""Keeping how far somebody has come; the newer of two stays, whichever arrives last."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Sum
from django.db.models.functions import Length

from courses.h5p.results.actions import locked_launch
from courses.h5p.results.limits import MOST_OF_STATES, MOST_STATES
from courses.h5p.results.models import H5PLaunch, H5PResult, H5PState
from courses.h5p.results.places import handler_of
from tracking.organisation.models import User


class TooMany(Exception):
    """The content keeps more states than a content may."""


@dataclass(frozen=True, slots=True)
class State:
    """A state as a browser sends it. `data`: JSON in ASCII, "" deletes.

    `counter`: counts up within a launch, 0 where the browser does not count. `made_at`: when it was
    made, by the server's clock.
    """

    sub: str
    kind: str
    data: str
    counter: int
    made_at: datetime


@transaction.atomic
def keep_state(*, launch_id: UUID, user: User, state: State) -> bool:
    """Keep a state, unless a newer one is there; whether it was kept.

    Within a launch the counter says which is newer. Between launches (two tabs, two devices, a
    resend of what could not be sent yesterday) the moment it was made. Raises
    H5PLaunch.DoesNotExist for a launch that is not theirs, and TooMany.
    """
    launch = locked_launch(user, launch_id)
    handler, _rest = handler_of(launch.place)
    if not handler.counts:
        return False
    # What somebody has at a place has one row, whatever tab they write from: it is the lock.
    results = H5PResult.objects.select_for_update().filter(user=user, place=launch.place)
    results.filter(content=launch.version.content_id).first()
    here = H5PState.objects.filter(user=user, place=launch.place, version=launch.version)
    of_this = {"sub": state.sub, "kind": state.kind}
    there = here.filter(**of_this).first()
    others = here.exclude(**of_this).aggregate(n=Count("pk"), characters=Sum(Length("data")))
    if state.data and (others["characters"] or 0) + len(state.data) > MOST_OF_STATES:
        raise TooMany
    if there is None:
        if others["n"] >= MOST_STATES:
            raise TooMany
        there = H5PState(
            user=user,
            place=launch.place,
            version=launch.version,
            sub=state.sub,
            kind=state.kind,
        )
    elif not _is_newer(state, launch, there):
        return False
    there.data, there.launch = state.data, launch.public_id
    there.counter, there.made_at = state.counter, max(state.made_at, launch.opened_at)
    there.save()
    return True


def _is_newer(state: State, launch: H5PLaunch, there: H5PState) -> bool:
    counts = state.counter > 0 and there.counter > 0
    if launch.public_id == there.launch and counts:
        return state.counter > there.counter
    return max(state.made_at, launch.opened_at) >= there.made_at
