"""Through which batch each kind of fact is read: what a status is known by."""

from typing import NamedTuple, Self


class Known(NamedTuple):
    """A batch number for each kind of fact; None: all that is known now, 0: nothing.

    A report knows every kind through the same batch. Two reports are compared by letting one kind
    after the other follow, so each reading of facts asks for its own.
    """

    units: int | None
    employments: int | None
    absences: int | None
    targets: int | None
    exemptions: int | None
    completions: int | None
    starts: int | None

    @classmethod
    def through(cls, batch: int | None) -> Self:
        """Every kind of fact through the same batch."""
        return cls(*(batch for _kind in cls._fields))
