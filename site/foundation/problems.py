"""What is wrong with a file, said so that it can be put right: where, what stands, what should."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _


@dataclass(frozen=True, slots=True)
class Problem:
    """Something a file must not say."""

    file: str
    place: str
    value: object
    expected: str

    def __str__(self) -> str:
        where = f"{self.file}, {self.place}" if self.place else self.file
        if self.value is None:
            return _("%(where)s: missing. Expected: %(expected)s.") % {
                "where": where,
                "expected": self.expected,
            }
        return _("%(where)s: %(value)s. Expected: %(expected)s.") % {
            "where": where,
            "value": _shortened(self.value),
            "expected": self.expected,
        }


def _shortened(value: object) -> str:
    text = f"”{value}”" if isinstance(value, str) else str(value)
    return text if len(text) <= 80 else f"{text[:77]}…"


class FilesRefused(Exception):
    """The files can't be loaded; `problems` says all that is wrong."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems


@dataclass(slots=True)
class Fields:
    """A mapping of a file, read field by field; what doesn't fit becomes a problem.

    A field that doesn't fit reads as an empty value, so that the reading goes on to the end.
    """

    data: Mapping[Any, Any]
    file: str
    place: str
    problems: list[Problem]
    _read: set[Any] = field(default_factory=set)

    @classmethod
    def of(cls, data: object, file: str, place: str, problems: list[Problem]) -> "Fields":
        """Fields of what should be a mapping."""
        if not isinstance(data, Mapping):
            problems.append(Problem(file, place, data, _("names with values")))
            data = {}
        return cls(data, file, place, problems)

    def at(self, name: object) -> str:
        """The place of a field, in words."""
        return f"{self.place} › {name}" if self.place else str(name)

    def refuse(self, name: object, expected: str) -> None:
        """What stands in a field is not what is expected."""
        self.problems.append(Problem(self.file, self.at(name), self.data.get(name), expected))

    def get(self, name: object) -> Any:
        """The field as the file has it."""
        self._read.add(name)
        return self.data.get(name)

    def text(self, name: object, *, longest: int | None = None, needed: bool = True) -> str:
        """Plain text, its line breaks and runs of spaces as single spaces."""
        value = self.get(name)
        if value in (None, "") and not needed:
            return ""
        if isinstance(value, int | float) and not isinstance(value, bool):
            value = str(value)
        if not isinstance(value, str) or not value.strip():
            self.refuse(name, _("a text"))
            return ""
        text = " ".join(value.split())
        if longest is not None and len(text) > longest:
            self.refuse(name, _("at most %(number)d characters") % {"number": longest})
        return text

    def markdown(self, name: object, *, needed: bool = True) -> str:
        """Text with its line breaks."""
        value = self.get(name)
        if value is None and not needed:
            return ""
        if not isinstance(value, str) or not value.strip():
            self.refuse(name, _("a text"))
            return ""
        return value

    def number(self, name: object, *, low: int, high: int, otherwise: int | None = None) -> int:
        """A whole number within [low, high]; `otherwise` where it may be left out and is."""
        value = self.get(name)
        if value is None and otherwise is not None:
            return otherwise
        fits = isinstance(value, int) and not isinstance(value, bool) and low <= value <= high
        if not fits:
            self.refuse(
                name, _("a whole number from %(low)d to %(high)d") % {"low": low, "high": high}
            )
            return low
        return int(value)

    def flag(self, name: object, *, needed: bool = True) -> bool:
        """true or false."""
        value = self.get(name)
        if value is None and not needed:
            return False
        if not isinstance(value, bool):
            self.refuse(name, _("true or false"))
            return False
        return value

    def choice(self, name: object, allowed: list[str], *, needed: bool = True) -> str:
        """One of the words that are allowed."""
        value = self.get(name)
        if value is None and not needed:
            return ""
        if value not in allowed:
            self.refuse(name, _("one of %(words)s") % {"words": ", ".join(allowed)})
            return allowed[0]
        return str(value)

    def day(self, name: object) -> date | None:
        """A date, written as 2026-01-31."""
        value = self.get(name)
        if not isinstance(value, date):
            self.refuse(name, _("a date such as 2026-01-31"))
            return None
        return value

    def entries(self, name: object, *, needed: bool = True) -> list[Any]:
        """A list, as the file has it."""
        value = self.get(name)
        if value is None and not needed:
            return []
        if not isinstance(value, list) or (needed and not value):
            self.refuse(name, _("a list"))
            return []
        return value

    def texts(self, name: object, *, longest: int = 300, needed: bool = True) -> list[str]:
        """A list of plain texts."""
        found = []
        for number, value in enumerate(self.entries(name, needed=needed), start=1):
            one = Fields({number: value}, self.file, self.at(name), self.problems)
            found.append(one.text(number, longest=longest))
        return found

    def mappings(self, name: object, *, needed: bool = True) -> "list[Fields]":
        """A list of mappings."""
        return [
            Fields.of(value, self.file, f"{self.at(name)} {number}", self.problems)
            for number, value in enumerate(self.entries(name, needed=needed), start=1)
        ]

    def done(self) -> None:
        """Refuse fields that nobody read: most often a misspelt name."""
        for name in self.data:
            if name not in self._read:
                known = ", ".join(sorted(str(one) for one in self._read))
                self.problems.append(
                    Problem(
                        self.file,
                        self.at(name),
                        str(name),
                        _("one of the fields %(names)s") % {"names": known},
                    )
                )
