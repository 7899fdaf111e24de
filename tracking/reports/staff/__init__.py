"""Mina medarbetare: the targets of a unit, and where each of its people stands (STATUS.md 6)."""

from tracking.reports.staff.filters import StaffFilters, selected
from tracking.reports.staff.groups import StaffGroup, grouped
from tracking.reports.staff.report import StaffReport, staff_report
from tracking.reports.staff.rows import URGENCY, StaffCell, StaffRow
from tracking.reports.staff.texts import file_header, file_row, outside_words

__all__ = [
    "URGENCY",
    "StaffCell",
    "StaffFilters",
    "StaffGroup",
    "StaffReport",
    "StaffRow",
    "file_header",
    "file_row",
    "grouped",
    "outside_words",
    "selected",
    "staff_report",
]
