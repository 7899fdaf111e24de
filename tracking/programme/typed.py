"""What has been filled in to make a target, as typed: names of fields and their values.

The fields of the page are these, a draft keeps these, and the cells of the row (`kunskapsmal.csv`)
are made of these: nothing that can be typed is lost on the way, right or wrong.

A group (a sentence of whom the target is for) has a number, and fields of its own: `g0-befattning`
for each chosen value, `g0-befattning-till` for one being added, `g0-utan-befattning` for those it
leaves out, `g0-chef`, or `g0-text` where it is written as text. An alternative of courses has
`k0-kurs` and `k0-kurs-till`.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Self

from tracking.targets.expressions import (
    ExpressionError,
    normal,
    parse_courses,
    read_audience,
    write_courses,
)
from tracking.targets.rows import COLUMNS
from tracking.targets.sentence import NAMED, Group, Part, Verbatim, once, parts_of, text_of

Lists = dict[str, list[str]]
Asked = tuple[str, bool]  # a key of NAMED, and whether it is left out
ASKED: tuple[Asked, ...] = tuple((key, negated) for negated in (False, True) for key in NAMED)
# The cells that are one field each; whom and which courses are made of several.
CELLS = tuple(one.name for one in COLUMNS if one.name not in {"kurser", "omfattar"})
MOST = 60  # groups, alternatives, and values of one kind: more than anybody reads
LONGEST = 20_000
UNSTORABLE = re.compile("[\x00\ud800-\udfff]")  # what no database keeps

Resolve = Callable[[str], str]


def field_name(number: int, asked: Asked) -> str:
    """The name of the field of a group's values."""
    key, negated = asked
    return f"g{number}-utan-{key}" if negated else f"g{number}-{key}"


@dataclass(frozen=True, slots=True)
class GroupTyped:
    """One sentence of whom the target is for."""

    chosen: Mapping[Asked, tuple[str, ...]] = field(default_factory=dict)
    adding: Mapping[Asked, str] = field(default_factory=dict)
    manager: str = ""
    text: str | None = None  # the clause, where it is written as text

    @property
    def part(self) -> Part:
        """The part of the audience it stands for."""
        if self.text is not None:
            return Verbatim(normal(self.text))
        return Group(self._values(False), self._values(True), self.manager)

    @property
    def is_empty(self) -> bool:
        """Whether it asks for nothing yet."""
        part = self.part
        return not part.text if isinstance(part, Verbatim) else part.is_everyone

    def _values(self, negated: bool) -> dict[str, tuple[str, ...]]:
        found = {key: self.chosen.get((key, negated), ()) for key in NAMED}
        return {key: values for key, values in found.items() if values}

    def settled(self, unit_code: Resolve) -> Self:
        """The same, with what was being added among what is chosen."""
        chosen = {}
        for asked in ASKED:
            key, _negated = asked
            values = [*self.chosen.get(asked, ()), normal(self.adding.get(asked, ""))]
            read = [unit_code(one) if key == "enhet" else one for one in values if one]
            if read:
                chosen[asked] = once(key, read)
        return replace(self, chosen=chosen, adding={})

    @classmethod
    def of(cls, part: Part) -> Self:
        """What would have to be filled in for this part."""
        if isinstance(part, Verbatim):
            return cls(text=part.text)
        chosen = {(key, False): values for key, values in part.any_of.items()}
        chosen |= {(key, True): values for key, values in part.none_of.items()}
        return cls(chosen=chosen, manager=part.manager)


@dataclass(frozen=True, slots=True)
class CoursesTyped:
    """One alternative: the courses that are all needed."""

    chosen: tuple[str, ...] = ()
    adding: str = ""

    def settled(self) -> Self:
        """The same, with the course being added among the chosen."""
        codes = [code for code in (*self.chosen, normal(self.adding)) if code]
        return replace(self, chosen=tuple(dict.fromkeys(codes)), adding="")


@dataclass(frozen=True, slots=True)
class Typed:
    """Everything filled in."""

    cells: Mapping[str, str] = field(default_factory=dict)
    groups: tuple[GroupTyped, ...] = (GroupTyped(),)
    courses: tuple[CoursesTyped, ...] = (CoursesTyped(),)
    text: str | None = None  # the whole audience, where it is written as text

    @property
    def audience(self) -> str:
        """The text of `omfattar`."""
        if self.text is not None:
            return normal(self.text)
        return text_of(group.part for group in self.groups)

    @property
    def row(self) -> dict[str, str]:
        """The cells of the row it makes."""
        alternatives = [one.chosen for one in self.courses if one.chosen]
        made = {"omfattar": self.audience, "kurser": write_courses(alternatives)}
        return {**{name: self.cells.get(name, "") for name in CELLS}, **made}

    def settled(self, unit_code: Resolve) -> Self:
        """The same, with what was being added taken in."""
        return replace(
            self,
            groups=tuple(group.settled(unit_code) for group in self.groups),
            courses=tuple(one.settled() for one in self.courses),
        )

    def as_text(self) -> Self:
        """The audience as text, to be changed there.

        Groups not yet filled in are left out: as text one of them would say "everyone", and take
        what the others say with it.
        """
        if self.text is not None:
            return self
        said = [group.part for group in self.groups if not group.is_empty]
        return replace(self, text=text_of(said) if said else self.audience)

    def as_sentences(self) -> Self:
        """The audience as sentences; raises ExpressionError for a text that does not parse."""
        if self.text is None:
            return self
        return replace(self, groups=_groups(self.text), text=None)

    @classmethod
    def of_row(cls, row: Mapping[str, str]) -> Self:
        """What would have to be filled in to make this row."""
        courses = tuple(CoursesTyped(codes) for codes in parse_courses(row["kurser"]))
        text = None
        try:
            groups = _groups(row["omfattar"])
        except ExpressionError:
            groups, text = (GroupTyped(),), row["omfattar"]
        return cls({name: row.get(name, "") for name in CELLS}, groups, courses, text)

    @classmethod
    def read(cls, lists: Mapping[str, Sequence[str]]) -> Self:
        """From the fields of a page, or of a draft. Whatever they hold, something is read."""
        fields = _Fields(lists)
        groups = tuple(_group(fields, number) for number in fields.numbers("grupp"))
        courses = tuple(
            CoursesTyped(fields.all(f"k{number}-kurs"), fields.one(f"k{number}-kurs-till"))
            for number in fields.numbers("kursval")
        )
        text = fields.one("omfattar") if fields.one("som") == "text" else None
        cells = {name: fields.one(name) for name in CELLS}
        return cls(cells, groups or (GroupTyped(),), courses or (CoursesTyped(),), text)

    @property
    def lists(self) -> Lists:
        """The fields and their values: `read` gives the same back."""
        found: Lists = {name: [cell] for name, cell in self.cells.items() if cell}
        found["grupp"] = [str(number) for number in range(len(self.groups))]
        for number, group in enumerate(self.groups):
            if group.text is not None:
                found[f"g{number}-text"] = [group.text]
            if group.manager:
                found[f"g{number}-chef"] = [group.manager]
            for asked in ASKED:
                if group.chosen.get(asked):
                    found[field_name(number, asked)] = list(group.chosen[asked])
                if group.adding.get(asked):
                    found[f"{field_name(number, asked)}-till"] = [group.adding[asked]]
        found["kursval"] = [str(number) for number in range(len(self.courses))]
        for number, one in enumerate(self.courses):
            if one.chosen:
                found[f"k{number}-kurs"] = list(one.chosen)
            if one.adding:
                found[f"k{number}-kurs-till"] = [one.adding]
        if self.text is not None:
            found |= {"som": ["text"], "omfattar": [self.text]}
        return found


def _groups(text: str) -> tuple[GroupTyped, ...]:
    return tuple(GroupTyped.of(part) for part in parts_of(text)) or (GroupTyped(),)


def clause_fault(group: GroupTyped) -> ExpressionError | None:
    """What is wrong with a group that is written as text."""
    if group.text is None:
        return None
    try:
        read_audience(normal(group.text))
    except ExpressionError as error:
        return error
    return None


def _group(fields: "_Fields", number: int) -> GroupTyped:
    chosen, adding = {}, {}
    for asked in ASKED:
        name = field_name(number, asked)
        if values := fields.all(name):
            chosen[asked] = values
        if typed := fields.one(f"{name}-till"):
            adding[asked] = typed
    manager = fields.one(f"g{number}-chef")
    text = fields.one(f"g{number}-text") if fields.has(f"g{number}-text") else None
    return GroupTyped(chosen, adding, manager if manager in {"ja", "nej"} else "", text)


class _Fields:
    """Values by name, cut to what can be kept."""

    def __init__(self, lists: Mapping[str, Sequence[str]]) -> None:
        self._lists = lists

    def has(self, name: str) -> bool:
        return bool(self._lists.get(name))

    def all(self, name: str) -> tuple[str, ...]:
        return tuple(_kept(value) for value in self._lists.get(name, ())[:MOST] if value)

    def one(self, name: str) -> str:
        values = self._lists.get(name, ())
        return _kept(values[0]) if values else ""

    def numbers(self, name: str) -> Iterable[int]:
        """The numbers a page counts its groups by, each once and in its order."""
        typed = [value for value in self._lists.get(name, ()) if re.fullmatch(r"[0-9]{1,4}", value)]
        return list(dict.fromkeys(map(int, typed)))[:MOST]


def _kept(value: object) -> str:
    return UNSTORABLE.sub("\N{REPLACEMENT CHARACTER}", str(value)[:LONGEST]).replace("\r\n", "\n")
