"""Numbers as answers: here they are typed as words are, so each has to be one of some."""

import re
from collections.abc import Sequence

from django.utils.translation import gettext as _

from quizzes.interchange.source import Answer, Refused, Source

# Whole numbers with a whole margin are named one by one, up to so many.
MOST_NAMED = 21
_number = re.compile(r"[-+]?\d{1,30}([.,]\d{1,30})?")


def accepted_numbers(source: Source, right: Sequence[Answer]) -> list[str]:
    """What counts as right, with a decimal point and with a comma."""
    accepted: list[str] = []
    for answer in right:
        said = answer.text.text.strip().removeprefix("+")
        if not _number.fullmatch(said):
            raise Refused(
                _("“%(said)s” is not a number that can be typed") % {"said": said[:40]}
            )
        accepted += _around(source, said, answer.tolerance.strip())
    return list(dict.fromkeys(accepted))


def _around(source: Source, said: str, tolerance: str) -> list[str]:
    number, margin = _whole(said), _whole(tolerance or "0")
    if number is not None and margin is not None and 2 * margin + 1 <= MOST_NAMED:
        if margin:
            source.say(_("that what lies between whole numbers counts too"), small=True)
        return [str(one) for one in (number, *range(number - margin, number + margin + 1))]
    if tolerance and not re.fullmatch(r"0*[.,]?0*", tolerance):
        source.say(
            _("the margin %(margin)s: only %(number)s counts")
            % {"margin": f"± {tolerance[:40]}", "number": said}
        )
    return [said.replace(",", "."), said.replace(".", ",")]


def _whole(said: str) -> int | None:
    """A whole number, however many noughts stand after its point."""
    found = re.fullmatch(r"(-?\d{1,15})(?:[.,]0*)?", said)
    return int(found.group(1)) if found else None
