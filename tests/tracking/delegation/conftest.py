"""The small city of the reports' tests."""

from tests.tracking.reports.conftest import _today, city, signed_in

__all__ = ["_today", "city", "signed_in"]
