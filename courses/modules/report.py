"""What loading a module did."""

from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum

from courses.modules.differences import Change


class Fate(StrEnum):
    """What became of a thing that the files have."""

    NEW = "new"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    KEPT = "kept"  # edited here since it was loaded
    REMOVED = "removed"  # deleted here since it was loaded: not brought back
    TAKEN = "taken"  # something that never came from files has its address


@dataclass(slots=True)
class Report:
    """What loading a module did, by name of each thing."""

    title: str
    code: str
    fates: list[tuple[str, Fate]] = field(default_factory=list)
    # Which of the module's texts a thing is (see courses.modules.texts), by its name.
    keys: dict[str, str] = field(default_factory=dict)
    # What was changed here and in the files, for what was kept.
    apart: dict[str, list[Change]] = field(default_factory=dict)

    def met(self, name: str, fate: Fate, key: str = "") -> None:
        """A thing met its fate; `key` names its text, if it has one."""
        self.fates.append((name, fate))
        if key:
            self.keys[name] = key

    def counts(self) -> Counter[Fate]:
        """How many things met each fate."""
        return Counter(fate for _name, fate in self.fates)

    def left_alone(self) -> list[tuple[str, Fate]]:
        """Things that are not as the files have them."""
        return [
            (name, fate)
            for name, fate in self.fates
            if fate in (Fate.KEPT, Fate.REMOVED, Fate.TAKEN)
        ]
