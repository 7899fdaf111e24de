"""The rule of the audit log itself: its oldest part goes, and the chain stays verifiable."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from tracking.audit.actions import prune
from tracking.audit.models import AuditEntry, AuditEvent
from tracking.retention.rules import Disposed, Rule, midnight


def _count(before: date) -> int:
    return AuditEntry.objects.filter(moment__lt=midnight(before)).count()


def _dispose(before: date, limit: int) -> Disposed:
    count, through, last = prune(before=midnight(before), limit=limit)
    return Disposed(count, detail={"till": through, "hash": last} if count else {})


LOG = Rule("logg", _("The audit log"), 60, _count, _dispose, AuditEvent.LOG_PRUNED)
