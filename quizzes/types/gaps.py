"""What the types have in common that leave gaps in a text."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, Generic, NotRequired, TypedDict, TypeGuard, TypeVar

from django.utils.translation import gettext as _

from quizzes.types.base import Content, InvalidContent, refuse_blank, refuse_twins
from quizzes.types.in_parts import InParts


class Words(TypedDict):
    """A piece of the text, plain, with its line breaks."""

    text: str


class Gap(TypedDict):
    """A gap, by its id; types add what can stand in it."""

    gap: str


G = TypeVar("G", bound=Gap)


class GapContent(Content, Generic[G]):
    """The text in pieces, in order."""

    passage: Sequence[Words | G]
    rule: NotRequired[str]


def is_gap(piece: Words | G) -> TypeGuard[G]:
    """Whether a piece of the text is a gap."""
    return "gap" in piece


class InGaps(InParts[GapContent[G]], Generic[G]):
    """The answer is what each gap was given."""

    def gaps(self, content: GapContent[G]) -> Iterator[G]:
        """The gaps in their order."""
        for piece in content["passage"]:
            if is_gap(piece):
                yield piece

    def check(self, content: GapContent[G]) -> None:
        gaps = self.parts(content)
        if not gaps:
            raise InvalidContent(_("The text has no gap."))
        refuse_twins(gaps, _("Two gaps are the same."))
        words = "".join(str(piece.get("text", "")) for piece in content["passage"])
        refuse_blank([words], _("There is no text around the gaps."))
        self.check_rule(content)

    def parts(self, content: GapContent[G]) -> list[str]:
        return [gap["gap"] for gap in self.gaps(content)]

    def gap(self, content: GapContent[G], part: str) -> G:
        """A gap by its id."""
        return next(gap for gap in self.gaps(content) if gap["gap"] == part)

    def filled(
        self, content: GapContent[G], fill: Callable[[G], dict[str, Any]]
    ) -> list[dict[str, Any]]:
        """The passage with what `fill` makes of each gap, numbered from 1."""
        pieces: list[dict[str, Any]] = []
        number = 0
        for piece in content["passage"]:
            if is_gap(piece):
                number += 1
                pieces.append({"gap": piece["gap"], "number": number, **fill(piece)})
            else:
                pieces.append(dict(piece))
        return pieces
