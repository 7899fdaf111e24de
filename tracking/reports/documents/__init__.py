"""The reports as files: each page's document, built in a module of its own."""

from tracking.reports.documents.overview import OverviewOffer
from tracking.reports.documents.staff import StaffOffer

__all__ = ["OverviewOffer", "StaffOffer"]
