"""Drafts, reachable only by who owns them and may still change targets."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest

from foundation.intervals import today
from tracking.organisation.models import User
from tracking.programme.builder import Builder
from tracking.programme.models import TargetDraft
from tracking.programme.names import Vocabulary
from tracking.programme.rules import may_change
from tracking.programme.typed import Typed

if TYPE_CHECKING:
    from django.db.models import QuerySet


def editor(request: HttpRequest) -> User:
    """Who asks, if targets are theirs to change; PermissionDenied otherwise."""
    if not isinstance(request.user, User) or not may_change(request.user, today()):
        raise PermissionDenied
    return request.user


def drafts_of(user: User) -> "QuerySet[TargetDraft]":
    """One's own drafts, the latest first."""
    return TargetDraft.objects.filter(owner=user).select_related("base")


def own_draft(user: User, public_id: UUID) -> TargetDraft:
    """A draft of one's own; nobody else's is there (404)."""
    found = drafts_of(user).filter(public_id=public_id).first()
    if found is None:
        raise Http404
    return found


def builder_of(draft: TargetDraft, typed: Typed | None = None) -> Builder:
    """What the pages show of a draft, today."""
    typed = Typed.read(draft.typed) if typed is None else typed
    return Builder(draft, typed, Vocabulary(today()))
