"""Numbers as print sets them: "1 234" and "87 %" in Swedish, "1,234" and "87%" in English.

Swedish spaces never break a line.
"""

from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

from django.utils.translation import get_language, gettext, ngettext

NO_BREAK_SPACE = "\u00a0"
MINUS = "\u2212"
NOTHING = "–"

Amount = int | float | Decimal


def _is_english() -> bool:
    return (get_language() or "").startswith("en")


def _rounded(value: Amount, decimals: int) -> Decimal:
    exponent = Decimal(1).scaleb(-decimals)
    return Decimal(str(value)).quantize(exponent, rounding=ROUND_HALF_UP)


def _whole(value: int) -> str:
    grouped = f"{abs(value):,}"
    digits = grouped if _is_english() else grouped.replace(",", NO_BREAK_SPACE)
    return f"{MINUS}{digits}" if value < 0 else digits


def number(value: Amount | None, decimals: int = 0) -> str:
    """`value` with thousands apart, halves rounded up; "–" for None."""
    if value is None:
        return NOTHING
    if isinstance(value, int) and not decimals:  # nearly all of them, and pages have hundreds
        return _whole(value)
    rounded = _rounded(value, decimals)
    grouped = f"{abs(rounded):,.{decimals}f}"
    swedish = grouped.replace(",", NO_BREAK_SPACE).replace(".", ",")
    digits = grouped if _is_english() else swedish
    return f"{MINUS}{digits}" if rounded < 0 else digits


def points(value: Amount | None) -> str:
    """`value` with the decimals it needs, two at most; rounded down: almost is not enough."""
    if value is None:
        return NOTHING
    shown = Decimal(str(value)).quantize(Decimal("0.01"), rounding=ROUND_DOWN).normalize()
    return number(shown, max(0, -int(shown.as_tuple().exponent)))


def percent(value: Amount | None, decimals: int = 0) -> str:
    """`value`, already per cent (87, not 0.87), as "87 %"; "–" for None: a share of nobody."""
    if value is None:
        return NOTHING
    return f"{number(value, decimals)}{'' if _is_english() else NO_BREAK_SPACE}%"


def signed(value: int) -> str:
    """How much more or less: "+3", "−12", "0"."""
    return f"+{number(value)}" if value > 0 else number(value)


def share_of(done: Amount | None, total: Amount | None) -> int:
    """`done` of `total` in whole per cent, 0–100, for the length of a bar; 0 when nothing is asked.

    Rounds down, so that a bar is full only when everything is done.
    """
    if not done or not total:
        return 0
    return max(0, min(100, int(Decimal(str(done)) * 100 / Decimal(str(total)))))


def minutes(value: int | None) -> str:
    """A length in minutes as people say it: "35 minuter", "1 tim 20 min"; "–" for None."""
    if value is None:
        return NOTHING
    hours, rest = divmod(value, 60)
    if not hours:
        return ngettext("%(count)d minute", "%(count)d minutes", value) % {"count": value}
    if not rest:
        return ngettext("%(count)d hour", "%(count)d hours", hours) % {"count": hours}
    return gettext("%(hours)d h %(minutes)d min") % {"hours": hours, "minutes": rest}
