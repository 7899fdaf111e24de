"""What every question type can do: check its content, read an answer, grade it, explain it.

Content is plain JSON data, so that an attempt can keep it as it was for ever. An answer comes from
a browser and may be anything; it is read before it is graded. Scores are exact fractions.
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from random import Random
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypedDict, TypeVar

from django.http import QueryDict
from django.utils.translation import gettext as _
from django_stubs_ext import StrOrPromise
from wagtail.blocks import Block, StructValue

from foundation.problems import Fields

if TYPE_CHECKING:
    from quizzes.types.authoring import Ids

# The longest answer that is read at all; the ids of a question's parts are far shorter together.
LONGEST_ID = 100
# The hidden field by which a form says that it came with an answer, which may be taken back.
TICKED = "ticked"


class Content(TypedDict):
    """A question as it is judged. `text` and `explanation` are HTML that has been made safe.

    Every type adds keys of its own. What they call text is plain.
    """

    type: str
    text: str
    explanation: str
    teaches: str


class Option(TypedDict):
    """One thing to choose. `correct` and `feedback` are the key: in no page before the answer."""

    id: str
    text: str
    correct: bool
    feedback: str


class InvalidContent(ValueError):
    """The question can't be asked as it stands; the message says what is missing.

    `place` leads to it through the author's form: names of fields and numbers in lists, from 0.
    """

    def __init__(self, message: str, *place: str | int) -> None:
        super().__init__(message)
        self.place = place


class InvalidResponse(ValueError):
    """What the browser sent is no answer to this question."""


class Rule(StrEnum):
    """How an answer that is right in part is scored."""

    ALL_OR_NOTHING = "all_or_nothing"
    PER_PART = "per_part"
    RIGHT_MINUS_WRONG = "right_minus_wrong"


@dataclass(frozen=True, slots=True)
class Graded:
    """What an answer is worth: from 0 to 1, exactly."""

    score: Fraction

    @property
    def is_correct(self) -> bool:
        """The full score."""
        return self.score == 1


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing that was answered, or can be, for the statistics.

    `part` is "" for types that ask one thing only; `text` is what a person reads.
    """

    part: str
    value: str
    text: str
    correct: bool


C = TypeVar("C", bound=Content)
A = TypeVar("A", list[str], dict[str, str])


class QuestionType(ABC, Generic[C, A]):
    """One kind of question: its content `C`, and its answers `A`, which are canonical JSON."""

    name: ClassVar[str]
    label: ClassVar[StrOrPromise]
    hint: ClassVar[StrOrPromise]
    # Whether an answer brings more to answer: a page asks again until it is answered in full.
    in_steps: ClassVar[bool] = False
    # The rules an author may choose from, the first by default; none where there is no choice.
    rules: ClassVar[Sequence[Rule]] = ()
    icon: ClassVar[str] = "help"

    @abstractmethod
    def form(self) -> list[tuple[str, Block]]:
        """The fields of the author's form."""

    @abstractmethod
    def from_block(self, value: StructValue) -> dict[str, Any]:
        """What the form says, as the keys that the type adds; raises InvalidContent."""

    @abstractmethod
    def to_block(self, content: C) -> dict[str, Any]:
        """The content as the form stores it."""

    @abstractmethod
    def from_file(self, fields: Fields, ids: "Ids") -> dict[str, Any]:
        """What a file says, as the keys that the type adds; what is wrong becomes a problem."""

    @abstractmethod
    def to_file(self, content: C) -> dict[str, Any]:
        """The keys that the type adds, as a file says them."""

    @abstractmethod
    def check(self, content: C) -> None:
        """Raise InvalidContent unless the question can be asked and answered."""

    @abstractmethod
    def read(self, content: C, response: object, before: A | None = None) -> A:
        """The answer, in canonical form; raises InvalidResponse.

        `response` is any JSON; an answer is `{"choice": …}`, and one that chooses nothing is an
        answer too. `before` is what had been answered, where a type cares.
        """

    @abstractmethod
    def from_form(self, content: C, data: QueryDict, name: str) -> dict[str, Any] | None:
        """The response of a page without script; None when the page said nothing of the question.

        `name` is that of the question's inputs. Parts have inputs of their own, `name-part`.
        """

    @abstractmethod
    def nothing(self) -> A:
        """The answer of who has not answered."""

    @abstractmethod
    def is_answered(self, content: C, answer: A) -> bool:
        """Whether it is answered in full, and can be handed in without asking."""

    def is_empty(self, answer: A) -> bool:
        """Whether nothing has been answered."""
        return not answer

    @abstractmethod
    def grade(self, content: C, answer: A) -> Graded:
        """What an answer that has been read is worth."""

    @abstractmethod
    def key(self, content: C) -> A:
        """An answer that gets the full score."""

    @abstractmethod
    def public(self, content: C, answer: A) -> dict[str, Any]:
        """What a page may show before the answer is judged: no key, no feedback, no points."""

    @abstractmethod
    def judged(self, content: C, answer: A) -> dict[str, Any]:
        """What a page may show afterwards."""

    def shuffled(self, content: C, random: Random) -> C:
        """The same question in another order, where order is not what it says."""
        return content

    @abstractmethod
    def possible(self, content: C) -> list[Choice]:
        """Everything that the question offers to answer, in the author's order."""

    @abstractmethod
    def responses(self, content: C, answer: A) -> list[Choice]:
        """What was answered, part by part; nothing of parts left open."""

    def counted(self, content: C, answer: A) -> tuple[int, int]:
        """How many of how many parts are right; (0, 0) where there is nothing to count."""
        return 0, 0

    def rule(self, content: C) -> Rule:
        """How an answer right in part is scored."""
        return Rule(str(content.get("rule", self.rules[0])))

    def check_rule(self, content: C) -> None:
        """Refuse a rule that the type does not know."""
        if content.get("rule", self.rules[0]) not in self.rules:
            raise InvalidContent(_("The scoring rule is not one that this type of question has."))


def choice_in(response: object) -> object:
    """What a response chooses; None when it is no response."""
    return response.get("choice") if isinstance(response, Mapping) else None


def ids_in(response: object) -> list[str]:
    """The ids that a response lists; raises InvalidResponse."""
    chosen = choice_in(response)
    if not isinstance(chosen, list) or not all(isinstance(one, str) for one in chosen):
        raise InvalidResponse(_("An answer names the options that were chosen."))
    return chosen


def response_of(answer: A) -> dict[str, Any]:
    """The response that gives this answer."""
    return {"choice": answer}


def refuse_twins(ids: Sequence[str], message: str) -> None:
    """Raise InvalidContent when two are the same, or one has no id."""
    if len(set(ids)) < len(ids) or not all(0 < len(one) <= LONGEST_ID for one in ids):
        raise InvalidContent(message)


def refuse_blank(texts: Sequence[str], message: str) -> None:
    """Raise InvalidContent when a text says nothing."""
    if not all(text.strip() for text in texts):
        raise InvalidContent(message)


def score_of(rule: Rule, *, right: int, wrong: int, of: int) -> Fraction:
    """The score of `right` and `wrong` parts out of `of`; parts left open are neither."""
    if rule is Rule.ALL_OR_NOTHING:
        return Fraction(int(right == of and wrong == 0))
    if rule is Rule.RIGHT_MINUS_WRONG:
        return max(Fraction(right - wrong, of), Fraction(0))
    return Fraction(right, of)


def out_of_order(ids: Sequence[str], right: Sequence[str], random: Random | None) -> list[str]:
    """The ids with those of `right` in another order than that, if there is another.

    Shuffled, or where nobody shuffles, in an order that says nothing.
    """
    shown = list(ids)
    if random:
        random.shuffle(shown)
    else:
        shown.sort()
    if len(right) > 1 and [one for one in shown if one in right] == list(right):
        first, second = shown.index(right[0]), shown.index(right[1])
        shown[first], shown[second] = shown[second], shown[first]
    return shown
