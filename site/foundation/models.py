"""Gathers the foundation's models for Django."""

from foundation.brake import Brake
from foundation.facts import FactBatch
from foundation.jobs.models import Job
from foundation.outbox import OutboxRow

__all__ = ["Brake", "FactBatch", "Job", "OutboxRow"]
