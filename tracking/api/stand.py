"""What a page of an answer stands on: everything asked for, held still from page to page.

The first page pins the day and the last batch known; its cursor carries them on, so that every
row comes once although facts are recorded meanwhile. Rights are not carried: they are today's.
"""

from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime
from http import HTTPStatus
from typing import Any, Self

from django.core import signing
from django.utils.translation import gettext

from foundation.facts import FactBatch, batch_at
from foundation.intervals import STOCKHOLM
from tracking.api.parameters import EXPECTED, Asked, moment_of
from tracking.api.problems import Problem, Wrong, bad_parameters

SIGNER = signing.Signer(salt="tracking.api.cursor")


@dataclass(frozen=True, slots=True)
class Stand:
    """A question with its day and knowledge settled."""

    table: str
    as_of: date
    known_at: str  # as it was asked; empty for "now"
    batch: int  # the last one known; 0 before the first
    moment: datetime | None  # of that batch
    unit: str = ""
    targets: tuple[str, ...] | None = None
    area: str = ""
    limit: int = 0
    # Where the page begins: after this row, or (one code alone) after all rows that begin so.
    after: tuple[str, ...] = ()

    @property
    def asked_at(self) -> datetime | None:
        """What to ask the figures' `known_at`: pinned, so never "now" once something is known."""
        if self.moment is None and self.known_at:
            return moment_of(self.known_at)
        return self.moment

    def onwards(self, after: tuple[str, ...]) -> str:
        """The cursor of the page that begins after a row."""
        said = asdict(replace(self, after=after))
        said["as_of"] = self.as_of.isoformat()
        said["moment"] = self.moment.isoformat() if self.moment else ""
        signed: str = SIGNER.sign_object(said, compress=True)
        return signed

    def words(self) -> dict[str, Any]:
        """As every answer says it."""
        through = self.moment.astimezone(STOCKHOLM).isoformat() if self.moment else None
        return {
            "as_of": self.as_of.isoformat(),
            "known_at": self.known_at or None,
            "known_through": through,
            "batch": self.batch,
        }

    @classmethod
    def of(cls, table: str, asked: Asked, today: date) -> Self:
        """What the parameters ask for; raises Problem for a cursor that can't be used."""
        if asked.cursor:
            return cls._continued(table, asked.cursor)
        known_at = asked.known_at or ""
        batch = (batch_at(moment_of(known_at)) if known_at else _last()) or 0
        moments = FactBatch.objects.filter(pk=batch).values_list("recorded_at", flat=True)
        targets = getattr(asked, "target", None)
        return cls(
            table=table,
            as_of=asked.as_of or today,
            known_at=known_at,
            batch=batch,
            moment=moments.first(),
            unit=getattr(asked, "unit", None) or "",
            targets=tuple(dict.fromkeys(targets)) if targets else None,
            area=getattr(asked, "area", None) or "",
            limit=asked.limit,
        )

    @classmethod
    def _continued(cls, table: str, cursor: str) -> Self:
        try:
            said = SIGNER.unsign_object(cursor)
            said["as_of"] = date.fromisoformat(said["as_of"])
            moment = said["moment"]
            said["moment"] = datetime.fromisoformat(moment).astimezone(UTC) if moment else None
            said["after"] = tuple(said["after"])
            said["targets"] = tuple(said["targets"]) if said["targets"] else None
            found = cls(**said)
        except (signing.BadSignature, KeyError, TypeError, ValueError) as error:
            raise _wrong_cursor(cursor) from error
        if found.table != table:
            raise _wrong_cursor(cursor)
        if found.moment and batch_at(found.moment) != found.batch:
            # A batch was recorded with the very same moment: the day's knowledge is another.
            text = gettext("What was known has changed since the first page. Begin anew.")
            raise Problem(HTTPStatus.CONFLICT, "changed", text)
        return found


def _last() -> int | None:
    return FactBatch.objects.order_by("-id").values_list("id", flat=True).first()


def _wrong_cursor(cursor: str) -> Problem:
    return bad_parameters(Wrong("cursor", cursor, str(EXPECTED["cursor"])))
