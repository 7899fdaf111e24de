"""Gathers the foundation's models for Django."""

from foundation.facts import FactBatch

__all__ = ["FactBatch"]
