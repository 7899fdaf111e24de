"""What the types have in common that ask several things, each answered by one value."""

from abc import abstractmethod
from collections.abc import Mapping
from typing import Any, TypeVar

from django.http import QueryDict
from django.utils.translation import gettext as _

from quizzes.types.base import (
    TICKED,
    Choice,
    Content,
    Graded,
    InvalidResponse,
    QuestionType,
    Rule,
    choice_in,
    score_of,
)

P = TypeVar("P", bound=Content)


class InParts(QuestionType[P, dict[str, str]]):
    """The answer is what each part was given, in the order of the parts; parts may be left open."""

    rules = (Rule.PER_PART, Rule.ALL_OR_NOTHING, Rule.RIGHT_MINUS_WRONG)

    @abstractmethod
    def parts(self, content: P) -> list[str]:
        """The ids of the parts."""

    @abstractmethod
    def value(self, content: P, part: str, given: str) -> str:
        """What a part was given, in canonical form; raises InvalidResponse."""

    @abstractmethod
    def as_choice(self, content: P, part: str, value: str) -> Choice:
        """A value that has been read, for the statistics; says whether it is right."""

    def read(
        self, content: P, response: object, before: dict[str, str] | None = None
    ) -> dict[str, str]:
        given = choice_in(response)
        parts = self.parts(content)
        if not isinstance(given, Mapping):
            raise InvalidResponse(_("An answer says what each part was given."))
        if len(given) > len(parts) or not set(given) <= set(parts):
            raise InvalidResponse(_("The answer names a part that the question does not have."))
        answer = {}
        for part in parts:
            one = given.get(part, "")
            if not isinstance(one, str):
                raise InvalidResponse(_("An answer says what each part was given."))
            if value := one and self.value(content, part, one):
                answer[part] = value
        return answer

    def from_form(self, content: P, data: QueryDict, name: str) -> dict[str, Any] | None:
        """A part that is empty is an answer taken back where the page came with answers.

        Otherwise an empty page says nothing of a question that may have been answered on another.
        """
        given = {part: data.get(f"{name}-{part}", "") for part in self.parts(content)}
        answer = {part: value for part, value in given.items() if value.strip()}
        if not answer and f"{name}-{TICKED}" not in data:
            return None
        return {"choice": answer}

    def nothing(self) -> dict[str, str]:
        return {}

    def is_answered(self, content: P, answer: dict[str, str]) -> bool:
        return len(answer) == len(self.parts(content))

    def grade(self, content: P, answer: dict[str, str]) -> Graded:
        right, of = self.counted(content, answer)
        score = score_of(self.rule(content), right=right, wrong=len(answer) - right, of=of)
        return Graded(score)

    def counted(self, content: P, answer: dict[str, str]) -> tuple[int, int]:
        right = sum(choice.correct for choice in self.responses(content, answer))
        return right, len(self.parts(content))

    def responses(self, content: P, answer: dict[str, str]) -> list[Choice]:
        return [self.as_choice(content, part, value) for part, value in answer.items()]
