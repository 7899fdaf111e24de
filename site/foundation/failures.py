"""What went wrong and where in the code, without a word of what it was about.

What an exception says quotes the value that caused it, so it is left out everywhere.
"""

from dataclasses import dataclass
from pathlib import Path
from traceback import walk_tb
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
MOST_FRAMES = 40


@dataclass(frozen=True, slots=True)
class Failure:
    """An exception as a log line's argument: its class and its places."""

    error: BaseException

    def __str__(self) -> str:
        """For people: the class, and a line for each place of it and of what it came from."""
        found = described(self.error)
        lines = [type(self.error).__qualname__]
        for number, one in enumerate(found):
            lines += [f"  caused by {one['type']}"] if number else []
            lines += [f"  at {place}" for place in one["at"]]
        return "\n".join(lines)


def described(error: BaseException | None) -> list[dict[str, Any]]:
    """An exception and those it came from: their classes, and where; never what they say."""
    found: list[dict[str, Any]] = []
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        kind = type(error)
        frames = [
            place(frame.f_code.co_filename, number, frame.f_code.co_name)
            for frame, number in walk_tb(error.__traceback__)
        ]
        found.append(
            {"type": f"{kind.__module__}.{kind.__qualname__}", "at": frames[-MOST_FRAMES:]}
        )
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return found


def place(path: str, number: int, function: str) -> str:
    """File, line and function; the file from the project or from the library's own folder."""
    _before, library, inside = path.rpartition("site-packages/")
    shown = inside if library else path.removeprefix(f"{ROOT}/")
    return f"{shown}:{number} {function}".strip()
