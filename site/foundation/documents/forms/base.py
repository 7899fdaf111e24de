"""What a form says of itself."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import IO

from foundation.documents.parts import Document


@dataclass(frozen=True, slots=True)
class Form:
    """A form of file. `code` is also its ending."""

    code: str
    content_type: str
    write: Callable[[Document, IO[bytes]], None]
