"""What a template component takes: declared in the template itself, checked where it is used.

    {% takes "acting" %}
    One act: a link, or a button that submits.
    label                what it does, in words
    url?                 where it leads; without it a button that submits
    kind? [quiet|danger] how it looks; without it the page's one main act
    {% endtakes %}

`?` marks an input that may be left out. `[a|b]` names every value an input may have; an empty
value is always one of them when the input may be left out.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.core.exceptions import ImproperlyConfigured

INPUT = re.compile(
    r"(?P<name>[a-z_]+)(?P<optional>\??)(?:\s+\[(?P<choices>[^\]]+)\])?\s{2,}(?P<meaning>\S.*)"
)
BUILTINS = frozenset({"True", "False", "None"})


class WrongInput(Exception):
    """A component was used otherwise than it declares."""


@dataclass(frozen=True, slots=True)
class Input:
    """One thing a component takes."""

    name: str
    meaning: str
    required: bool = True
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Declaration:
    """What a component is for, the group the catalogue shows it in, and what it takes."""

    group: str
    summary: str
    inputs: tuple[Input, ...]

    @classmethod
    def read(cls, group: str, text: str) -> "Declaration":
        """The declaration written in a template; raises ImproperlyConfigured where it says none."""
        lines = [line.strip() for line in text.strip().splitlines() if line.strip()]
        if not lines:
            raise ImproperlyConfigured("A component says what it is for, in its first line.")
        inputs: list[Input] = []
        summary: list[str] = []
        for line in lines:
            found = INPUT.fullmatch(line)
            if found:
                choices = tuple(found["choices"].split("|")) if found["choices"] else ()
                inputs.append(
                    Input(found["name"], found["meaning"], not found["optional"], choices)
                )
            elif inputs:
                raise ImproperlyConfigured(f"“{line}” declares no input (name, two spaces, what).")
            else:
                summary.append(line)
        return cls(group, " ".join(summary), tuple(inputs))

    def problems_of_names(self, given: Iterable[str]) -> list[str]:
        """What is missing or unknown among the names it is given."""
        names = set(given) - BUILTINS
        known = {one.name for one in self.inputs}
        missing = [one.name for one in self.inputs if one.required and one.name not in names]
        return [f"“{name}” is missing" for name in missing] + [
            f"“{name}” is no input" for name in sorted(names - known)
        ]

    def problems_of_values(self, given: Mapping[str, object]) -> list[str]:
        """What it is given that is none of the values an input may have."""
        problems = []
        for one in self.inputs:
            value = given.get(one.name)
            empty = value is None or value == ""
            if one.choices and str(value) not in one.choices and not (empty and not one.required):
                problems.append(f"“{one.name}” is {value!r}, not one of {', '.join(one.choices)}")
        return problems
