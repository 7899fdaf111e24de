"""A publication as its page shows it."""

from dataclasses import dataclass

from tracking.publication.models import Publication
from tracking.publication.rule import WITHHELD


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A target, and what is told of it in each unit; empty where it is nobody's."""

    name: str
    cells: list[str]


@dataclass(frozen=True, slots=True)
class ShownTable:
    """Targets × units."""

    units: list[str]
    rows: list[ShownRow]
    withheld: int


def shown_table(publication: Publication) -> ShownTable:
    """The cells as a table, in the order in which they were kept."""
    cells = publication.cells
    units = dict.fromkeys((one["enhet"], one["enhet_namn"]) for one in cells)
    targets = dict.fromkeys((one["mal"], one["mal_namn"]) for one in cells)
    told = {(one["enhet"], one["mal"]): one["andel"] for one in cells}
    return ShownTable(
        [name for _code, name in units],
        [
            ShownRow(name, [told.get((unit, code), "") for unit, _name in units])
            for code, name in targets
        ],
        sum(one["andel"] == WITHHELD for one in cells),
    )
