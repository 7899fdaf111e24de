"""Gathers the topics' models for Django."""

from tracking.api.models import ApiKey
from tracking.audit.models import AuditCheckpoint, AuditEntry, AuditSubject
from tracking.imports.models import Arriving, ImportFile, UndoneImport
from tracking.ledger.models import Certificate, Completion, Course, PendingCompletion, Start
from tracking.organisation.models import (
    Absence,
    Duty,
    Employment,
    ForgottenKey,
    Person,
    Unit,
    User,
)
from tracking.programme.models import TargetDraft
from tracking.quality.models import QualityReading
from tracking.retention.models import RetentionDecision
from tracking.status.models import Generation, Part, TargetStatus, UnitCount, Verification
from tracking.targets.models import Exemption, Target

__all__ = [
    "Absence",
    "ApiKey",
    "Arriving",
    "AuditCheckpoint",
    "AuditEntry",
    "AuditSubject",
    "Certificate",
    "Completion",
    "Course",
    "Duty",
    "Employment",
    "Exemption",
    "ForgottenKey",
    "Generation",
    "ImportFile",
    "Part",
    "PendingCompletion",
    "Person",
    "QualityReading",
    "RetentionDecision",
    "Start",
    "Target",
    "TargetDraft",
    "TargetStatus",
    "UndoneImport",
    "Unit",
    "UnitCount",
    "User",
    "Verification",
]
