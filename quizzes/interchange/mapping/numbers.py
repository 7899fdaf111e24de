"""Numbers as answers: here they are typed as words are, so each has to be one of some."""

import re
from collections.abc import Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

from quizzes.interchange.source import Answer, Refused, Source

# A number with a margin is every number within it, with as many decimals; up to so many.
MOST_NAMED = 21
_number = re.compile(r"-?\d{1,20}(?:\.\d{1,20})?")


def accepted_numbers(source: Source, right: Sequence[Answer]) -> list[str]:
    """What counts as right, with a decimal point and with a comma."""
    accepted: dict[str, None] = {}
    for answer in right:
        for number in _within(source, answer):
            for said in (f"{number:f}", _shortest(number)):
                accepted |= dict.fromkeys((said, said.replace(".", ",")))
    return list(accepted)


def _within(source: Source, answer: Answer) -> list[Decimal]:
    number, margin = _decimal(answer.text.text), abs(_decimal(answer.tolerance or "0"))
    if not margin:
        return [number]
    finest = min(_places(number), _places(margin))
    step = Decimal(1).scaleb(finest)
    count = int(margin / step) if margin / step < MOST_NAMED else MOST_NAMED
    if 2 * count + 1 > MOST_NAMED:
        raise Refused(
            _("a margin of %(margin)s: here a number is typed exactly")
            % {"margin": f"± {margin:f}"}
        )
    source.say(_("that numbers with more decimals count too, within the margin"), small=True)
    number = number.quantize(step)
    around = [number + step * at for at in range(-count, count + 1)]
    return [number, *(one for one in around if one != number)]


def _decimal(said: str) -> Decimal:
    said = said.strip().replace(",", ".").removeprefix("+")
    plain = said if _number.fullmatch(said) else _without_power(said)
    if plain is None:
        raise Refused(_("“%(said)s” is not a number that can be typed") % {"said": said[:40]})
    return Decimal(plain)


def _without_power(said: str) -> str | None:
    """1e-05 as 0.00001, as programs write small margins; .5 and 5. as people do."""
    if not re.fullmatch(r"-?(\d{1,20}\.?\d{0,20}|\.\d{1,20})(?:[eE][-+]?\d{1,2})?", said):
        return None
    plain = f"{Decimal(said):f}"
    return plain if _number.fullmatch(plain) else None


def _places(number: Decimal) -> int:
    exponent = number.normalize().as_tuple().exponent
    return min(int(exponent), 0)


def _shortest(number: Decimal) -> str:
    """Without noughts after the last decimal, which nobody types."""
    said = f"{number:f}"
    return said.rstrip("0").rstrip(".") if "." in said else said
