"""Where a quiz is taken: quizzes don't know, they ask whoever registered for the context.

A context is `prefix:rest`. The app that starts attempts registers a handler for its prefix, and
hears when one of its attempts has been judged.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Protocol

from quizzes.attempts.models import Attempt
from tracking.organisation.models import User


@dataclass(frozen=True, slots=True)
class Lesson:
    """A page that teaches what a question asks."""

    title: str
    url: str


class ContextHandler(Protocol):
    """What the place where a quiz is taken must answer. `rest` is the context without prefix."""

    def may_take(self, user: User, rest: str) -> bool:
        """Whether this person may take the quiz here."""

    def on_graded(self, attempt: Attempt) -> None:
        """The attempt was judged; called inside the transaction that judges it.

        Once, and once more when it is judged again and passes for the first time.
        """

    def withdraw(self, attempt: Attempt, actor: User) -> bool:
        """Take back what having passed led to, by somebody's decision; whether there was any."""

    def return_url(self, rest: str) -> str:
        """Where to go from the result."""

    def lessons(self, rest: str, teaches: Collection[str]) -> dict[str, Lesson]:
        """The pages that teach what questions ask, by what the questions say they teach.

        What no page teaches is left out. Asked once for all the questions of an attempt.
        """

    def again_url(self, rest: str) -> str | None:
        """Where the quiz can be taken once more, if it can."""

    def title(self, rest: str) -> str:
        """What this place is called."""

    def passing_means(self, attempt: Attempt) -> str:
        """What having passed has led to here, in a sentence; "" when there is nothing to say."""

    def after_passing(self, attempt: Attempt) -> str | None:
        """Where somebody who has passed goes next, if anywhere but the return page."""


_HANDLERS: dict[str, ContextHandler] = {}


def register(prefix: str, handler: ContextHandler) -> None:
    """Answer for every context that begins with `prefix:`."""
    _HANDLERS[prefix] = handler


def handler_of(context: str) -> tuple[ContextHandler, str]:
    """The handler of a context, and the context's rest. Raises LookupError when nobody answers."""
    prefix, _colon, rest = context.partition(":")
    try:
        return _HANDLERS[prefix], rest
    except KeyError as error:
        raise LookupError(f"Nobody answers for contexts of {prefix!r}.") from error
