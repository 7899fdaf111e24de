"""What a check found: in words, how much it weighs, and where in the editor it stands."""

from dataclasses import dataclass
from enum import StrEnum


class Weight(StrEnum):
    """Whether the page may be published all the same."""

    BLOCKS = "blocks"
    WARNS = "warns"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to look at.

    `path` names the place as Wagtail's editor does ("body.<screen>.content.<block>.alt"); `screen`
    is counted from 1, 0 for what belongs to no screen.
    """

    says: str
    path: str
    screen: int = 0
    weight: Weight = Weight.WARNS

    @property
    def blocks(self) -> bool:
        """Whether the page can't be published before it is put right."""
        return self.weight is Weight.BLOCKS

    @property
    def fragment(self) -> str:
        """What leads to the place, at the end of the editor's address."""
        return f"#:w:contentpath={self.path}"
