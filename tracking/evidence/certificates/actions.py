"""Revokes a certificate, and takes that back. Done twice is done once."""

from datetime import datetime

from django.db import transaction

from tracking.audit.actions import record
from tracking.audit.models import AuditEvent
from tracking.ledger.models import Certificate
from tracking.organisation.models import User


@transaction.atomic
def revoke(*, certificate: Certificate, reason: str, actor: User, now: datetime) -> bool:
    """From now on whoever looks it up reads that it is withdrawn; whether this call made it so.

    The completion counts on: what was wrong with that is corrected where it came from.
    """
    held = Certificate.objects.select_for_update(of=("self",)).get(pk=certificate.pk)
    if held.revoked_at:
        return False
    held.revoked_at, held.revoked_by, held.revoked_reason = now, actor, reason
    held.save(update_fields=["revoked_at", "revoked_by", "revoked_reason"])
    _log(held, actor, "aterkallat")
    return True


@transaction.atomic
def restore(*, certificate: Certificate, actor: User) -> bool:
    """It was wrong to revoke it; whether this call let it hold again."""
    held = Certificate.objects.select_for_update(of=("self",)).get(pk=certificate.pk)
    if not held.revoked_at:
        return False
    held.revoked_at, held.revoked_by, held.revoked_reason = None, None, ""
    held.save(update_fields=["revoked_at", "revoked_by", "revoked_reason"])
    _log(held, actor, "galler igen")
    return True


def _log(certificate: Certificate, actor: User, how: str) -> None:
    completion = certificate.completion
    record(
        AuditEvent.CERTIFICATE_REVOKED,
        actor=actor,
        about=[completion.person_id],
        detail={"kurs": completion.course_code, "hur": how},
    )
