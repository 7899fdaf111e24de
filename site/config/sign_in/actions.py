"""Writes to do with signing in."""

from django.contrib.auth.models import AbstractUser
from django.db import transaction
from django.db.models import F

from tracking.organisation.models import User


@transaction.atomic
def end_sessions(*, user: AbstractUser) -> None:
    """Sign the person out everywhere, also here."""
    User.objects.filter(pk=user.pk).update(session_epoch=F("session_epoch") + 1)
