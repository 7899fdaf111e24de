"""The page where a target is made, as its template shows it: sentences, choices, what is wrong."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from foundation.cells import Fault
from tracking.organisation.models import UnitKind
from tracking.programme.forms import CellsForm, cells_typed
from tracking.programme.models import Purpose, TargetDraft
from tracking.programme.names import Choice, Vocabulary
from tracking.programme.typed import (
    CoursesTyped,
    GroupTyped,
    Typed,
    clause_fault,
    field_name,
)
from tracking.targets.expressions import ExpressionError, folded, normal, read_audience
from tracking.targets.grading import Ungraded, ungraded
from tracking.targets.models import Target
from tracking.targets.rows import cells_of, read_row
from tracking.targets.rules import Surroundings
from tracking.targets.sentence import NAMED, parts_of

UNIT_LISTS = {"befattning": "befattningar", "enhet": "enheter", "verksamhetsomrade": "omraden"}
LABELS: Mapping[str, str | Promise] = {
    "befattning": pgettext_lazy("employment", "Role"),
    "enhetstyp": _("Type of unit"),
    "enhet": _("Unit"),
    "verksamhetsomrade": _("Business area"),
}
# The words of the sentence before each of its parts, and before what is left out.
LEADS: Mapping[str, str | Promise] = {
    "befattning": _("with the role"),
    "enhetstyp": _("in every"),
    "enhet": _("in the unit"),
    "verksamhetsomrade": _("within"),
}
ANY: Mapping[str, str | Promise] = {
    "befattning": _("any role"),
    "enhetstyp": _("any type of unit"),
    "enhet": _("any unit"),
    "verksamhetsomrade": _("any business area"),
}

PROMPTS: Mapping[str, str | Promise] = {
    "befattning": _("Add a role…"),
    "enhetstyp": _("Add a type…"),
    "enhet": _("Add a unit…"),
    "verksamhetsomrade": _("Add an area…"),
}


@dataclass(frozen=True, slots=True)
class Marked:
    """A text that does not parse, cut where the reader stumbled."""

    before: str
    at: str
    after: str
    message: str
    position: int

    @classmethod
    def of(cls, text: str, error: ExpressionError) -> "Marked":
        """The text around the character that the error points at."""
        here = error.position - 1
        at = text[here : here + 1] or "␣"
        return cls(text[:here], at, text[here + 1 :], str(error), error.position)


@dataclass(frozen=True, slots=True)
class Chosen:
    """A value in the sentence: what it is called, and what is odd about it."""

    value: str
    label: str
    doubt: str = ""


@dataclass(frozen=True, slots=True)
class Slot:
    """A place in the sentence for values of one kind."""

    key: str
    name: str
    label: str
    lead: str
    any: str
    prompt: str
    chosen: list[Chosen]
    adding: str
    list_id: str  # of the choices the browser offers; empty where they all stand there
    choices: list[Choice]


@dataclass(frozen=True, slots=True)
class GroupShown:
    """One sentence of whom the target is for."""

    number: int
    name_of_manager: str
    manager: str
    asked: list[Slot]
    left_out: list[Slot]
    text: str | None
    marked: Marked | None
    is_empty: bool

    @property
    def has_left_out(self) -> bool:
        """Whether it leaves anybody out."""
        return any(slot.chosen or slot.adding for slot in self.left_out)


@dataclass(frozen=True, slots=True)
class CoursesShown:
    """One alternative of courses."""

    number: int
    name: str
    chosen: list[Chosen]
    adding: str


class Builder:
    """Everything the page shows of a draft."""

    def __init__(self, draft: TargetDraft, typed: Typed, vocabulary: Vocabulary) -> None:
        self.draft = draft
        self.typed = typed
        self.vocabulary = vocabulary

    @property
    def base(self) -> Target | None:
        """The version the draft was built on."""
        return self.draft.base

    @cached_property
    def row(self) -> dict[str, str]:
        """The row of `kunskapsmal.csv` it makes."""
        row = cells_typed(self.typed.row)
        if self.draft.purpose == Purpose.CORRECT and self.base:
            row["kod"] = self.base.code
        if self.base and _same_parts(self.base.audience, row["omfattar"]):
            # Put together in another order it says the same: then it stays as it was written.
            row["omfattar"] = self.base.audience
        return row

    @cached_property
    def form(self) -> CellsForm:
        """The fields that are one each."""
        return CellsForm(self.typed.cells, purpose=self.draft.purpose)

    @cached_property
    def faults(self) -> list[Fault]:
        """Everything that stands in the way of publishing it."""
        _code, _fields, faults = read_row(self.row)
        if not faults:
            faults = list(Surroundings.now().faults(self.row["kurser"]))
        if self.typed.text is None:
            faults += self._of_groups()
        return faults

    @cached_property
    def doubts(self) -> list[str]:
        """What may be published, and most often is a slip of the hand."""
        if self.marked or any(group.marked for group in self.groups):
            return []
        shown = [slot for group in self.groups for slot in (*group.asked, *group.left_out)]
        said = [one.doubt for slot in shown for one in slot.chosen if one.doubt]
        said += [self._lacks(code) for code in self._ungraded]
        return list(dict.fromkeys(said))

    @cached_property
    def marked(self) -> Marked | None:
        """The whole audience as text, where that is what is wrong."""
        if self.typed.text is None:
            return None
        text = normal(self.typed.text)
        try:
            read_audience(text)
        except ExpressionError as error:
            return Marked.of(text, error)
        return None

    @cached_property
    def groups(self) -> list[GroupShown]:
        """The sentences; of an audience in text, those it reads as."""
        typed = self.typed
        if typed.text is not None and not self.marked:
            typed = typed.as_sentences()
        return [self._group(number, group) for number, group in enumerate(typed.groups)]

    @property
    def several(self) -> bool:
        """Whether there is more than one sentence: then one can be taken away."""
        return len(self.groups) > 1

    @cached_property
    def courses(self) -> list[CoursesShown]:
        """The alternatives of courses."""
        return [self._courses(number, one) for number, one in enumerate(self.typed.courses)]

    @cached_property
    def differs(self) -> bool:
        """Whether it says anything else than the version it was built on."""
        if self.base is None or self.draft.purpose == Purpose.SUCCEED:
            return True
        return read_row(self.row)[1:] != read_row(cells_of(self.base))[1:]

    def _of_groups(self) -> Iterator[Fault]:
        for number, group in enumerate(self.typed.groups, start=1):
            if len(self.typed.groups) > 1 and group.is_empty:
                words = gettext("group %(number)d says nothing: fill it in, or take it away")
                yield Fault("omfattar", "", words % {"number": number})

    def _group(self, number: int, group: GroupTyped) -> GroupShown:
        error = clause_fault(group)
        marked = Marked.of(normal(group.text or ""), error) if error else None
        return GroupShown(
            number,
            f"g{number}-chef",
            group.manager,
            [self._slot(number, group, key, negated=False) for key in NAMED],
            [self._slot(number, group, key, negated=True) for key in NAMED],
            group.text,
            marked,
            group.is_empty,
        )

    def _slot(self, number: int, group: GroupTyped, key: str, *, negated: bool) -> Slot:
        values = group.chosen.get((key, negated), ())
        kinds = [Choice(kind.value, str(kind.label)) for kind in UnitKind]
        choices = kinds if key == "enhetstyp" else []
        chosen = [self._chosen(key, value) for value in values]
        return Slot(
            key,
            field_name(number, (key, negated)),
            str(LABELS[key]),
            str(LEADS[key]),
            str(ANY[key]),
            str(PROMPTS[key]),
            chosen,
            group.adding.get((key, negated), ""),
            UNIT_LISTS.get(key, ""),
            [one for one in choices if one.code not in values],
        )

    def _chosen(self, key: str, value: str) -> Chosen:
        match key:
            case "enhetstyp":
                known = value in UnitKind.values
                label = str(UnitKind(value).label) if known else value
                words = gettext("no unit has the type “%(code)s”; it matches nobody")
                return Chosen(value, label, "" if known else words % {"code": value})
            case "enhet":
                return self._unit(value)
            case _:
                return Chosen(value, value, self._unused(key, value))

    def _unit(self, code: str) -> Chosen:
        name = self.vocabulary.names.units.get(code)
        if name is None:
            words = gettext("no unit has the code “%(code)s”; it matches nobody")
            return Chosen(code, code, words % {"code": code})
        if code not in self.vocabulary.tree.units:
            words = gettext("“%(unit)s” is no unit today; it matches nobody")
            return Chosen(code, name, words % {"unit": name})
        return Chosen(code, name)

    def _unused(self, key: str, value: str) -> str:
        if folded(value) in self._occurring(key):
            return ""
        if key == "befattning":
            return gettext("nobody has the role “%(name)s” today") % {"name": value}
        return gettext("nobody works within “%(name)s” today") % {"name": value}

    def _occurring(self, key: str) -> frozenset[str]:
        return self._positions if key == "befattning" else self._areas

    @cached_property
    def _positions(self) -> frozenset[str]:
        return frozenset(map(folded, self.vocabulary.positions))

    @cached_property
    def _areas(self) -> frozenset[str]:
        return frozenset(map(folded, self.vocabulary.areas))

    def _courses(self, number: int, one: CoursesTyped) -> CoursesShown:
        names = self.vocabulary.names.courses
        chosen = [Chosen(code, names.get(code, code), self._doubt(code)) for code in one.chosen]
        return CoursesShown(number, f"k{number}-kurs", chosen, one.adding)

    def _doubt(self, course: str) -> str:
        if course not in self.vocabulary.names.courses:
            return gettext("no course has the code “%(code)s”") % {"code": course}
        return self._lacks(course) if course in self._ungraded else ""

    @cached_property
    def _ungraded(self) -> Mapping[str, Ungraded]:
        """Of the courses that are chosen those nobody can complete, in the order of the page."""
        chosen = list(dict.fromkeys(code for one in self.typed.courses for code in one.chosen))
        lacking = ungraded(chosen)
        return {code: lacking[code] for code in chosen if code in lacking}

    def _lacks(self, course: str) -> str:
        words = gettext(
            "nobody can complete “%(course)s” yet: %(lacks)s; ask whoever answers for the course "
            "to publish one"
        )
        name = self.vocabulary.names.courses.get(course, course)
        return words % {"course": name, "lacks": self._ungraded[course].lacks}


def _same_parts(one: str, other: str) -> bool:
    """Whether two texts of an audience are made of the same parts; not of what doesn't parse."""
    try:
        return parts_of(one) == parts_of(other)
    except ExpressionError:
        return False
