"""A text with gaps to be filled in by typing."""

import unicodedata
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import blocks
from wagtail.blocks import Block, StructValue

from foundation.problems import Fields
from quizzes.types.authoring import Ids, feedback_block, items, list_of, said
from quizzes.types.base import Choice, InvalidContent, InvalidResponse
from quizzes.types.gaps import Gap, GapContent, InGaps

# What can be typed in a gap; longer is no word for one.
LONGEST_WORD = 200
# Letters of their own in Swedish, not a and o with something on them.
LETTERS = frozenset("åäöÅÄÖ")


class TypedGap(Gap):
    """A gap with what is accepted in it, the first being what is shown as right."""

    accepted: list[str]
    ignore_case: bool
    ignore_accents: bool
    feedback: str


class GapTyped(InGaps[TypedGap]):
    """Type what fits each gap; the answer is what was typed."""

    name = "gap_typed"
    label = gettext_lazy("Gaps to type in")
    hint = gettext_lazy("Type what fits in each gap.")
    icon = "edit"

    def gap_form(self) -> list[tuple[str, Block]]:
        word = blocks.CharBlock(label=gettext_lazy("Word"), max_length=LONGEST_WORD)
        return [
            (
                "accepted",
                list_of(
                    word,
                    gettext_lazy("What is accepted"),
                    low=1,
                    high=20,
                    help_text=gettext_lazy("The first is shown as the right answer."),
                ),
            ),
            (
                "ignore_case",
                blocks.BooleanBlock(
                    required=False,
                    default=True,
                    label=gettext_lazy("Capital and small letters are the same"),
                ),
            ),
            (
                "ignore_accents",
                blocks.BooleanBlock(
                    required=False,
                    label=gettext_lazy("Accents are forgiven"),
                    help_text=gettext_lazy(
                        "“Ide” is as good as “idé”. The last three letters of the Swedish "
                        "alphabet are letters of their own, and are not forgiven."
                    ),
                ),
            ),
            ("feedback", feedback_block()),
        ]

    def gap_from_block(self, name: str, value: StructValue) -> TypedGap:
        return {
            "gap": name,
            "accepted": list(value["accepted"]),
            "ignore_case": bool(value["ignore_case"]),
            "ignore_accents": bool(value["ignore_accents"]),
            "feedback": value["feedback"] or "",
        }

    def gap_to_block(self, gap: TypedGap) -> dict[str, Any]:
        accepted = items((f"{gap['gap']}-{at}", word) for at, word in enumerate(gap["accepted"]))
        return {
            "accepted": accepted,
            "ignore_case": gap["ignore_case"],
            "ignore_accents": gap["ignore_accents"],
            "feedback": gap["feedback"],
        }

    def gap_from_file(self, fields: Fields, number: int, ids: Ids) -> TypedGap:
        ignore_case = fields.get("ignore_case") is None or fields.flag("ignore_case")
        return {
            "gap": ids("gap", number),
            "accepted": fields.texts("accepted", longest=LONGEST_WORD),
            "ignore_case": ignore_case,
            "ignore_accents": fields.flag("ignore_accents", needed=False),
            "feedback": fields.text("feedback", needed=False),
        }

    def gap_to_file(self, gap: TypedGap) -> dict[str, Any]:
        told: dict[str, Any] = {"accepted": gap["accepted"]}
        if not gap["ignore_case"]:
            told["ignore_case"] = False
        if gap["ignore_accents"]:
            told["ignore_accents"] = True
        return told | said(feedback=gap["feedback"])

    def check_gap(self, gap: TypedGap) -> None:
        words = [tidied(word) for word in gap["accepted"]]
        if not words or not all(words):
            raise InvalidContent(_("say what is accepted."))

    def value(self, content: GapContent[TypedGap], part: str, given: str) -> str:
        return tidied(given)

    def key(self, content: GapContent[TypedGap]) -> dict[str, str]:
        return {gap["gap"]: tidied(gap["accepted"][0]) for gap in self.gaps(content)}

    def public(self, content: GapContent[TypedGap], answer: dict[str, str]) -> dict[str, Any]:
        return {
            "passage": self.filled(content, lambda gap: {"value": answer.get(gap["gap"], "")}),
            "longest": LONGEST_WORD,
        }

    def judged(self, content: GapContent[TypedGap], answer: dict[str, str]) -> dict[str, Any]:
        def fill(gap: TypedGap) -> dict[str, Any]:
            given = answer.get(gap["gap"], "")
            return {
                "given": given,
                "right": gap["accepted"][0],
                "also": gap["accepted"][1:],
                "correct": accepts(gap, given),
                "feedback": gap["feedback"],
            }

        return {"passage": self.filled(content, fill)}

    def possible(self, content: GapContent[TypedGap]) -> list[Choice]:
        """What is accepted; anything else can be typed too."""
        return [
            Choice(gap["gap"], tidied(word), tidied(word), True)
            for gap in self.gaps(content)
            for word in gap["accepted"]
        ]

    def as_choice(self, content: GapContent[TypedGap], part: str, value: str) -> Choice:
        return Choice(part, value, value, accepts(self.gap(content, part), value))


def tidied(typed: str) -> str:
    """Composed, without spaces around and runs of them; raises InvalidResponse when no text."""
    too_long = _("At most %(number)d characters can be typed in a gap.") % {"number": LONGEST_WORD}
    if len(typed) > 10 * LONGEST_WORD:
        raise InvalidResponse(too_long)
    text = " ".join(unicodedata.normalize("NFC", typed).split())
    # "Cs" are halves of characters and "Cc" control characters: no database keeps them all.
    if any(unicodedata.category(one) in ("Cc", "Cs") for one in text):
        raise InvalidResponse(_("The answer holds something that is not text."))
    if len(text) > LONGEST_WORD:
        raise InvalidResponse(too_long)
    return text


def accepts(gap: TypedGap, typed: str) -> bool:
    """Whether what was typed is one of the accepted variants, forgiving what the author says."""
    return bool(typed) and folded(gap, typed) in {folded(gap, word) for word in gap["accepted"]}


def folded(gap: TypedGap, text: str) -> str:
    """The text without what the gap forgives."""
    text = tidied(text)
    if gap["ignore_accents"]:
        text = "".join(_plain(one) for one in text)
    return text.casefold() if gap["ignore_case"] else text


def _plain(letter: str) -> str:
    if letter in LETTERS:
        return letter
    apart = unicodedata.normalize("NFD", letter)
    return "".join(one for one in apart if not unicodedata.combining(one)) or letter
