"""What somebody may take away of their own data, by themself; each app adds what is theirs to.

Not what others go by: completions, certificates and the log stay.
"""

from collections.abc import Callable
from dataclasses import dataclass

from tracking.organisation.models import User
from tracking.privacy.sections import Text


@dataclass(frozen=True, slots=True)
class Erasure:
    """`words` says what goes and what stays. `count`: how much there is; `erase` takes it away."""

    code: str
    title: Text
    words: Text
    count: Callable[[User], int]
    erase: Callable[[User], int]


ERASURES: dict[str, Erasure] = {}


def register_erasure(*erasures: Erasure) -> None:
    """Add them; shown in the order they were added."""
    for one in erasures:
        ERASURES[one.code] = one
