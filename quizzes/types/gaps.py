"""What the types have in common that leave gaps in a text."""

import re
from abc import abstractmethod
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Generic, NotRequired, TypedDict, TypeGuard, TypeVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import blocks
from wagtail.blocks import Block, StructValue

from foundation.problems import Fields
from quizzes.types.authoring import Ids, children, file_rule, items, list_of, rule_block
from quizzes.types.base import Content, InvalidContent, InvalidResponse, refuse_blank, refuse_twins
from quizzes.types.in_parts import InParts

# Where a gap is: its number in double brackets.
MARK = re.compile(r"\[\[([0-9]{1,3})\]\]")


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


def in_pieces(passage: str, gaps: Sequence[G]) -> list[Words | G]:
    """The text with the gaps where its marks are; raises InvalidContent."""
    pieces: list[Words | G] = []
    used: list[int] = []
    # Splitting by a pattern with a group gives text and number in turn.
    for at, piece in enumerate(MARK.split(passage)):
        if at % 2 == 0:
            if piece:
                pieces.append({"text": piece})
            continue
        number = int(piece)
        if not 1 <= number <= len(gaps):
            raise InvalidContent(
                _("The text has [[%(number)d]], but there is no gap with that number.")
                % {"number": number},
                "passage",
            )
        if number in used:
            raise InvalidContent(
                _("The text has [[%(number)d]] twice.") % {"number": number}, "passage"
            )
        used.append(number)
        pieces.append(gaps[number - 1])
    for number in range(1, len(gaps) + 1):
        if number not in used:
            raise InvalidContent(
                _("Gap %(number)d stands nowhere in the text: write [[%(number)d]] where it is.")
                % {"number": number},
                "passage",
            )
    return pieces


class InGaps(InParts[GapContent[G]], Generic[G]):
    """The answer is what each gap was given."""

    icon = "form"

    @abstractmethod
    def gap_form(self) -> list[tuple[str, Block]]:
        """The fields of a gap in the author's form."""

    @abstractmethod
    def gap_from_block(self, name: str, value: StructValue) -> G:
        """A gap as the form says it."""

    @abstractmethod
    def gap_to_block(self, gap: G) -> dict[str, Any]:
        """A gap as the form stores it."""

    @abstractmethod
    def gap_from_file(self, fields: Fields, number: int, ids: Ids) -> G:
        """A gap as a file says it; numbers are from 1."""

    @abstractmethod
    def gap_to_file(self, gap: G) -> dict[str, Any]:
        """A gap as a file says it."""

    @abstractmethod
    def check_gap(self, gap: G) -> None:
        """Raise InvalidContent, or InvalidResponse for what can't be an answer."""

    def form(self) -> list[tuple[str, Block]]:
        gap = blocks.StructBlock(self.gap_form(), label=gettext_lazy("Gap"))
        return [
            (
                "passage",
                blocks.TextBlock(
                    rows=5,
                    label=gettext_lazy("The text"),
                    help_text=gettext_lazy(
                        "Write [[1]] where the first gap is, [[2]] where the second is, and so on."
                    ),
                ),
            ),
            ("gaps", list_of(gap, gettext_lazy("Gaps"), low=1, high=12)),
            ("rule", rule_block(self.rules)),
        ]

    def from_block(self, value: StructValue) -> dict[str, Any]:
        gaps = [self.gap_from_block(name, gap) for name, gap in children(value, "gaps")]
        return {"passage": in_pieces(value["passage"], gaps), "rule": value["rule"]}

    def to_block(self, content: GapContent[G]) -> dict[str, Any]:
        gaps = items((gap["gap"], self.gap_to_block(gap)) for gap in self.gaps(content))
        rule = self.rule(content).value
        return {"passage": self.marked(content), "gaps": gaps, "rule": rule}

    def from_file(self, fields: Fields, ids: Ids) -> dict[str, Any]:
        passage = fields.markdown("passage").strip()
        gaps = []
        for number, one in enumerate(fields.mappings("gaps"), start=1):
            gaps.append(self.gap_from_file(one, number, ids))
            one.done()
        rule = file_rule(fields, self.rules)
        return {"passage": in_pieces(passage, gaps), "rule": rule}

    def to_file(self, content: GapContent[G]) -> dict[str, Any]:
        gaps = [self.gap_to_file(gap) for gap in self.gaps(content)]
        return {"passage": self.marked(content), "gaps": gaps, "rule": self.rule(content).value}

    def marked(self, content: GapContent[G]) -> str:
        """The text with a mark where each gap is, numbered in their order."""
        pieces = self.filled(content, lambda _gap: {})
        return "".join(
            f"[[{piece['number']}]]" if "gap" in piece else piece["text"] for piece in pieces
        )

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
        for number, gap in enumerate(self.gaps(content), start=1):
            try:
                self.check_gap(gap)
            except (InvalidContent, InvalidResponse) as error:
                raise InvalidContent(
                    _("Gap %(number)d: %(error)s") % {"number": number, "error": error},
                    "gaps",
                    number - 1,
                ) from error

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
