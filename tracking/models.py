"""Gathers the topics' models for Django."""

from tracking.api.models import ApiKey
from tracking.audit.models import AuditCheckpoint, AuditEntry, AuditSubject
from tracking.delegation.models import Delegation
from tracking.evidence.attendance.models import Attendance, Attended
from tracking.evidence.proof.models import Proof
from tracking.forecast.models import Forecast, ForecastRun, ForecastTried, TrendCount, TrendDay
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
from tracking.publication.models import Publication
from tracking.quality.models import QualityReading
from tracking.reminders.models import (
    Bounce,
    Reminder,
    ReminderBatch,
    ReminderChoice,
    ReminderLine,
    ReminderRun,
    SilentTarget,
)
from tracking.retention.models import RetentionDecision
from tracking.scorecards.models import (
    PeriodClosing,
    Reopening,
    ReportingPeriod,
    Scorecard,
    ScorecardNag,
    SignOff,
    Undertaking,
    UndertakingChange,
    UndertakingReport,
)
from tracking.status.models import Generation, Part, TargetStatus, UnitCount, Verification
from tracking.targets.models import Exemption, Target

__all__ = [
    "Absence",
    "ApiKey",
    "Arriving",
    "Attendance",
    "Attended",
    "AuditCheckpoint",
    "AuditEntry",
    "AuditSubject",
    "Bounce",
    "Certificate",
    "Completion",
    "Course",
    "Delegation",
    "Duty",
    "Employment",
    "Exemption",
    "Forecast",
    "ForecastRun",
    "ForecastTried",
    "ForgottenKey",
    "Generation",
    "ImportFile",
    "Part",
    "PendingCompletion",
    "PeriodClosing",
    "Person",
    "Proof",
    "Publication",
    "QualityReading",
    "Reminder",
    "ReminderBatch",
    "ReminderChoice",
    "ReminderLine",
    "ReminderRun",
    "Reopening",
    "ReportingPeriod",
    "RetentionDecision",
    "Scorecard",
    "ScorecardNag",
    "SignOff",
    "SilentTarget",
    "Start",
    "Target",
    "TargetDraft",
    "TargetStatus",
    "TrendCount",
    "TrendDay",
    "Undertaking",
    "UndertakingChange",
    "UndertakingReport",
    "UndoneImport",
    "Unit",
    "UnitCount",
    "User",
    "Verification",
]
