"""Gathers the topics' models for Django."""

from tracking.audit.models import AuditCheckpoint, AuditEntry, AuditSubject
from tracking.ledger.models import Certificate, Completion, Course, PendingCompletion, Start
from tracking.organisation.models import Absence, Duty, Employment, Person, Unit, User
from tracking.targets.models import Exemption, Target

__all__ = [
    "Absence",
    "AuditCheckpoint",
    "AuditEntry",
    "AuditSubject",
    "Certificate",
    "Completion",
    "Course",
    "Duty",
    "Employment",
    "Exemption",
    "PendingCompletion",
    "Person",
    "Start",
    "Target",
    "Unit",
    "User",
]
