"""Who may come to the pages of H5P in the admin, and what they may look at there."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404

from courses.h5p.store.models import H5PContent
from courses.h5p.store.rules import may_approve, may_change, may_upload
from tracking.organisation.models import User

View = Callable[..., HttpResponseBase]


def for_trainers(view: View) -> View:
    """Whoever may upload."""
    return _gate(view, may_upload)


def for_changers(view: View) -> View:
    """Whoever may change content that is there."""
    return _gate(view, may_change)


def for_the_administrator(view: View) -> View:
    """The platform's administrator, and nobody else."""
    return _gate(view, may_approve)


def _gate(view: View, may: Callable[[User], bool]) -> View:
    @wraps(view)
    def gated(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not may(account(request)):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return gated


def account(request: HttpRequest) -> User:
    """Who asks. Every page of the admin needs a log-in."""
    assert isinstance(request.user, User)
    return request.user


def content_called(public_id: UUID) -> H5PContent:
    """404 for one that is not there. Whoever may upload sees every content."""
    return get_object_or_404(H5PContent.objects.select_related("current"), public_id=public_id)
