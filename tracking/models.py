"""Gathers the topics' models for Django."""

from tracking.audit.models import AuditCheckpoint, AuditEntry, AuditSubject
from tracking.imports.models import ImportFile
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
    "ImportFile",
    "PendingCompletion",
    "Person",
    "Start",
    "Target",
    "Unit",
    "User",
]
