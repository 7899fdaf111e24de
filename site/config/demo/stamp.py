"""Remembers what of the demo city has been loaded, and which day it was laid relative to."""

import json
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Self


@dataclass(slots=True)
class Stamp:
    """A small file beside the demo's own: a load that was cut off goes on where it stopped."""

    path: Path
    today: date
    done: list[str] = field(default_factory=list)
    finished: bool = False

    @classmethod
    def read(cls, path: Path) -> Self | None:
        """The stamp, or None when there is none that can be read."""
        try:
            found = json.loads(path.read_text(encoding="utf-8"))
            today = date.fromisoformat(found["today"])
            return cls(path, today, list(found["done"]), bool(found["finished"]))
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def write(self) -> None:
        """Keep it, whole or not at all."""
        new = self.path.with_suffix(".new")
        said = {"today": self.today.isoformat(), "done": self.done, "finished": self.finished}
        new.write_text(json.dumps(said, indent=1), encoding="utf-8")
        new.replace(self.path)
