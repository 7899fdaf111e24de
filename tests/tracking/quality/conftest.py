"""The small city of the reports; what is wrong in it each test adds."""

from tests.tracking.reports.conftest import TODAY, _today, city, signed_in

__all__ = ["TODAY", "_today", "city", "signed_in"]
