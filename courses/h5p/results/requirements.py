"""What an author demands of a content in a lesson, and whether somebody has met it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from django.db import models
from django.utils.translation import gettext_lazy as _

from courses.h5p.results.shares import reaches


class Kind(models.TextChoices):
    """How much is demanded, least first."""

    SHOWN = "shown", _("Shown only")
    OPENED = "opened", _("Must be opened")
    FINISHED = "finished", _("Must be finished")
    SCORE = "score", _("Must reach a share of the points")


class Standing(Protocol):
    """What is known of somebody and a content at a place."""

    @property
    def is_finished(self) -> bool:
        """Whether it was ever finished."""

    @property
    def best_share(self) -> int | None:
        """The best share of the points, in ten-thousandths."""


@dataclass(frozen=True, slots=True)
class Requirement:
    """`percent` is of the points, and said for SCORE only."""

    kind: Kind = Kind.SHOWN
    percent: int | None = None

    @classmethod
    def of(cls, block: Mapping[str, Any]) -> "Requirement":
        """As a lesson's block says it; what cannot be read demands nothing.

        A share that is not named is all of the points.
        """
        said = block.get("requirement")
        if said not in Kind.values:
            return cls()
        kind = Kind(said)
        if kind is not Kind.SCORE:
            return cls(kind)
        percent = block.get("percent")
        if not isinstance(percent, int) or isinstance(percent, bool):
            return cls(kind, 100)
        return cls(kind, min(max(percent, 1), 100))

    @property
    def demands(self) -> bool:
        """Whether there is anything to do."""
        return self.kind is not Kind.SHOWN

    def is_met_by(self, standing: Standing | None) -> bool:
        """`standing`: None for who has never opened it."""
        match self.kind:
            case Kind.SHOWN:
                return True
            case Kind.OPENED:
                return standing is not None
            case Kind.FINISHED:
                return standing is not None and standing.is_finished
            case Kind.SCORE:
                return standing is not None and reaches(standing.best_share, self.percent or 100)
