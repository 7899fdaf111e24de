"""Opening H5P content from a lesson's page, and taking in what it reports and how far it came."""

import secrets
from http import HTTPStatus
from math import ceil
from typing import Any
from uuid import UUID

from django.http import HttpRequest, JsonResponse, QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from courses.h5p.results.actions import keep_statements, open_content
from courses.h5p.results.forms import OpenForm, read_batch, read_state
from courses.h5p.results.frames import frame_of
from courses.h5p.results.limits import (
    BIGGEST_BODY,
    OPENING,
    OPENING_FOR_DAYS,
    SAVE_SECONDS,
    SAVING,
    TELLING,
)
from courses.h5p.results.models import H5PLaunch
from courses.h5p.results.opening import Waits, way_in
from courses.h5p.results.places import handler_of
from courses.h5p.results.queries import result_of, states_of
from courses.h5p.results.reading import Unreadable, read_object
from courses.h5p.results.saving import TooMany, keep_state
from courses.h5p.results.shown import shown
from foundation.brake import Limit, attempt
from tracking.organisation.models import User


def _refuse(status: HTTPStatus, error: str, **more: Any) -> JsonResponse:
    return JsonResponse({"error": error, **more}, status=status)


def _user(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # every view here needs a log-in
    return request.user


def _too_much(request: HttpRequest, *limits: Limit) -> JsonResponse | None:
    """The refusal of a request that is bigger, or comes faster, than anybody plays."""
    said = request.headers.get("Content-Length") or "0"
    if not said.isdecimal() or int(said[:12]) > BIGGEST_BODY:
        return _refuse(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, _("That is too much at once."))
    wait = attempt([one.bucket(str(_user(request).pk)) for one in limits], now=timezone.now())
    if not wait:
        return None
    answer = _refuse(HTTPStatus.TOO_MANY_REQUESTS, _("That was too fast. Wait a bit."))
    answer["Retry-After"] = str(ceil(wait.total_seconds()))
    return answer


def _sent(request: HttpRequest) -> dict[str, Any] | QueryDict:
    """The fields of a form, or of an object of JSON. Raises Unreadable."""
    return _object(request) if request.content_type == "application/json" else request.POST


def _object(request: HttpRequest) -> dict[str, Any]:
    """The object of JSON that was sent. Raises Unreadable.

    Not `request.body`: what Django takes of a form is less than what may have waited here.
    """
    return read_object(request.read(BIGGEST_BODY))


@require_POST
def open_at(request: HttpRequest) -> JsonResponse:
    """Begin to play: where the frame is, and how far one had come."""
    refusal = _too_much(request, OPENING, OPENING_FOR_DAYS)
    if refusal:
        return refusal
    user, now = _user(request), timezone.now()
    try:
        form = OpenForm(_sent(request))
    except Unreadable as error:
        return _refuse(HTTPStatus.BAD_REQUEST, str(error))
    if not form.is_valid():
        return _refuse(HTTPStatus.BAD_REQUEST, form.said())
    asked = form.cleaned_data
    place, afresh = asked["place"], asked["afresh"]
    try:
        content, version = way_in(user, asked["content"], place, afresh=afresh)
    except LookupError:
        return _refuse(HTTPStatus.NOT_FOUND, _("There is nothing to open here."))
    except Waits as waits:
        return _refuse(HTTPStatus.CONFLICT, str(waits))
    launch = open_content(
        user=user, content=content, version=version, place=place, now=now, afresh=afresh
    )
    handler, rest = handler_of(place)
    result = result_of(user, place, content.pk)
    return JsonResponse(
        {
            "launch": str(launch.public_id),
            "frame": frame_of(version, now),
            "state": states_of(user, version, place),
            "nonce": secrets.token_urlsafe(24),
            "save_seconds": SAVE_SECONDS,
            "met": handler.requirement(rest, content).is_met_by(result),
            **shown(result),
        }
    )


@require_POST
def statements(request: HttpRequest, launch_id: UUID) -> JsonResponse:
    """Keep what was reported; what makes no sense is refused, and costs nothing else."""
    refusal = _too_much(request, TELLING)
    if refusal:
        return refusal
    user = _user(request)
    try:
        batch = read_batch(_object(request))
        kept = keep_statements(
            launch_id=launch_id, user=user, statements=batch.good, now=timezone.now()
        )
    except Unreadable as error:
        return _refuse(HTTPStatus.BAD_REQUEST, str(error))
    except (H5PLaunch.DoesNotExist, LookupError):
        return _refuse(HTTPStatus.NOT_FOUND, _("There is nothing to open here."))
    return JsonResponse(
        {
            "stored": [str(key) for key in kept.keys],
            "refused": batch.refused,
            "met": kept.met,
            **shown(kept.result),
        },
        status=HTTPStatus.BAD_REQUEST if batch.refused else HTTPStatus.OK,
    )


@require_POST
def state(request: HttpRequest, launch_id: UUID) -> JsonResponse:
    """Keep how far one has come, unless something newer is there."""
    refusal = _too_much(request, SAVING)
    if refusal:
        return refusal
    user, now = _user(request), timezone.now()
    try:
        sent = read_state(_object(request), now=now)
        stored = keep_state(launch_id=launch_id, user=user, state=sent)
    except Unreadable as error:
        return _refuse(HTTPStatus.BAD_REQUEST, str(error))
    except TooMany:
        return _refuse(HTTPStatus.BAD_REQUEST, _("The content keeps too many states."))
    except (H5PLaunch.DoesNotExist, LookupError):
        return _refuse(HTTPStatus.NOT_FOUND, _("There is nothing to open here."))
    return JsonResponse({"stored": stored})
