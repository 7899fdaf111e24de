"""Gathers the foundation's models for Django."""

from foundation.facts import FactBatch
from foundation.jobs.models import Job
from foundation.outbox import OutboxRow

__all__ = ["FactBatch", "Job", "OutboxRow"]
