"""Scorecards as files: a committee's for its own report, and the city's compiled one."""

from tracking.scorecards.documents.city import CityOffer
from tracking.scorecards.documents.committee import CommitteeOffer

__all__ = ["CityOffer", "CommitteeOffer"]
