"""The reports as files: each page's document, built in a module of its own."""

from tracking.reports.documents.account import AccountOffer
from tracking.reports.documents.equality import EqualityOffer
from tracking.reports.documents.overview import OverviewOffer
from tracking.reports.documents.staff import StaffOffer
from tracking.reports.documents.target import TargetOffer

OFFERED = (StaffOffer, OverviewOffer, TargetOffer, AccountOffer, EqualityOffer)
