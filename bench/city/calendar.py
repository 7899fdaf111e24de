"""When a made-up city's facts became known: the nights on which files were loaded, as batches.

The first of each month since the platform began, and the city's own day: on each night one batch
for each kind of file, in the order in which they are loaded.
"""

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from config.demo.districts import REFORM_2020, REFORM_2023

STOCKHOLM = ZoneInfo("Europe/Stockholm")
BEGAN = date(2020, 1, 15)
REFORMS = (REFORM_2020, REFORM_2023)
# Kinds of files that are loaded each night, in this order.
NIGHTLY = ("staff", "absence", "starts", "completions", "exemptions")
KINDS = ("organisation", "courses", "targets", *NIGHTLY, "duties")
CORRECTED_TARGETS = 30  # the night on which some targets were corrected

# A column of whole numbers: days as ordinals, nights, positions; or of yes and no.
Days = NDArray[Any]


class Calendar:
    """The batches of a city, numbered from 1, and which one a fact of some day belongs to."""

    def __init__(self, today: date) -> None:
        nights = [BEGAN]
        month = date(BEGAN.year, BEGAN.month, 1)
        while (month := (month + timedelta(days=31)).replace(day=1)) < today:
            nights.append(month)
        self.nights = [*nights, today]
        self.last = len(self.nights) - 1
        self._ordinals = np.array([night.toordinal() for night in self.nights], dtype=np.int64)
        self.batches: list[tuple[str, datetime]] = []
        numbers: dict[str, list[int]] = {kind: [] for kind in KINDS}
        self.reforms = {reform: self._night_before(reform) for reform in REFORMS}
        for at, night in enumerate(self.nights):
            for kind in KINDS:
                if kind in NIGHTLY or self._is_loaded(kind, at):
                    # All in one minute after midnight: never later than now, whatever the hour.
                    self.batches.append((kind, datetime.combine(night, time(0, 1), STOCKHOLM)))
                    numbers[kind].append(len(self.batches))
                else:
                    numbers[kind].append(0)
        self._numbers = {kind: np.array(found, dtype=np.int64) for kind, found in numbers.items()}

    def _night_before(self, reform: date) -> int:
        """A month before the day, when the city has decided."""
        return int(self.night_of(np.array([reform.toordinal() - 31]))[0])

    def _is_loaded(self, kind: str, at: int) -> bool:
        """Whether a file that is not delivered every night is delivered on this one."""
        if kind == "duties":
            return at == self.last
        if kind == "organisation":
            return at == 0 or at in self.reforms.values()
        return at == 0 or (kind == "targets" and at == min(CORRECTED_TARGETS, self.last))

    def night_of(self, days: Days) -> Days:
        """The night (by position) on which what was to be known on a day is loaded."""
        return np.minimum(np.searchsorted(self._ordinals, days), self.last)

    def batch(self, kind: str, nights: Days) -> Days:
        """The batches of a kind on those nights; a night below 0 stands for none: 0."""
        return np.where(nights < 0, 0, self._numbers[kind][nights])

    def one(self, kind: str, night: int) -> int:
        """The batch of a kind on one night."""
        return int(self._numbers[kind][night])
