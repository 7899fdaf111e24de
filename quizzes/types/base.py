"""What every question type can do: check its content, read an answer, grade it.

Content is plain data, so that an attempt can keep it as it was for ever. An answer is data from a
browser and may be anything; it is read before it is graded.
"""

from dataclasses import dataclass
from typing import Any, ClassVar, TypedDict

from django.utils.translation import gettext as _
from django_stubs_ext import StrOrPromise


class Option(TypedDict):
    """One thing to choose. `correct` and `feedback` are the key: in no page before the answer."""

    id: str
    text: str
    correct: bool
    feedback: str


class Content(TypedDict):
    """A question as it is judged; texts are HTML that has been made safe."""

    type: str
    text: str
    options: list[Option]
    explanation: str
    teaches: str


class PublicOption(TypedDict):
    """What a page may show of an option before it is answered."""

    id: str
    text: str


class InvalidContent(ValueError):
    """The question can't be asked as it stands; the message says what is missing."""


class InvalidResponse(ValueError):
    """What the browser sent is no answer to this question."""


@dataclass(frozen=True, slots=True)
class Graded:
    """Points for an answer, of `max_points`."""

    points: int
    max_points: int

    @property
    def is_correct(self) -> bool:
        """Full points."""
        return self.points == self.max_points


class QuestionType:
    """Choosing among options; subclasses say how many and which are right."""

    name: ClassVar[str]
    label: ClassVar[StrOrPromise]
    hint: ClassVar[StrOrPromise]
    # Whether a page lets one choose several.
    several: ClassVar[bool] = False

    def check(self, content: Content) -> None:
        """Raise InvalidContent unless the question can be asked and answered."""
        if len(content["options"]) < 2:
            raise InvalidContent(_("A question needs at least two options."))
        if len({option["id"] for option in content["options"]}) < len(content["options"]):
            raise InvalidContent(_("Two options are the same."))
        if not any(option["correct"] for option in content["options"]):
            raise InvalidContent(_("Mark at least one option as right."))

    def public_options(self, content: Content) -> list[PublicOption]:
        """The options without the key."""
        return [{"id": option["id"], "text": option["text"]} for option in content["options"]]

    def read(self, content: Content, response: object) -> list[str]:
        """The ids chosen, in the question's order; raises InvalidResponse.

        `response` is `{"choice": [ids…]}`. Nothing chosen is an answer too: an empty one.
        """
        chosen = response.get("choice") if isinstance(response, dict) else None
        if not isinstance(chosen, list) or not all(isinstance(one, str) for one in chosen):
            raise InvalidResponse(_("An answer names the options that were chosen."))
        known = [option["id"] for option in content["options"]]
        if len(chosen) > len(known) or not set(chosen) <= set(known):
            raise InvalidResponse(_("The answer names an option that the question does not have."))
        if len(set(chosen)) > 1 and not self.several:
            raise InvalidResponse(_("Only one option can be chosen."))
        return [one for one in known if one in chosen]

    def grade(self, content: Content, chosen: list[str]) -> Graded:
        """One point when exactly the right options are chosen, none otherwise."""
        return Graded(int(set(chosen) == set(self.key(content))), 1)

    def key(self, content: Content) -> list[str]:
        """The ids of the right options."""
        return [option["id"] for option in content["options"] if option["correct"]]


def response_of(chosen: list[str]) -> dict[str, Any]:
    """The answer that chooses these options."""
    return {"choice": chosen}
