"""What became of each question of a file, in words: a line each, for the page and the command."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from quizzes.interchange.drafts import FIT_WORDS, Fit
from quizzes.interchange.plan import FATE_WORDS, Fate, Planned
from quizzes.interchange.source import Weight
from quizzes.types import TYPES


@dataclass(frozen=True, slots=True)
class Row:
    """One question of a file, as a person reads it."""

    line: int
    name: str
    type: str  # as the file calls it
    becomes: str  # our type, or nothing
    fit: str
    fate: str
    reason: str = ""
    key: str = ""
    lost: list[str] = field(default_factory=list)
    small: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    def plain(self) -> dict[str, Any]:
        """The row as plain data, to keep."""
        return asdict(self)


def rows_of(planned: Iterable[Planned]) -> list[Row]:
    """A row for each question, in the order of the file."""
    return [_row(one) for one in planned]


def _row(one: Planned) -> Row:
    draft = one.draft
    return Row(
        line=draft.line,
        name=draft.name or _("without a name"),
        type=draft.type or "?",
        becomes=str(TYPES[draft.kind].label) if draft.kind else "",
        fit=draft.fit.value,
        fate=one.fate.value,
        reason=draft.reason,
        key=one.key,
        lost=draft.noted(Weight.LOST),
        small=draft.noted(Weight.SMALL),
        remarks=draft.noted(Weight.REMARK),
    )


def fit_words(row: Row) -> str:
    """Whole, in part or refused."""
    return str(FIT_WORDS[Fit(row.fit)])


def fate_words(row: Row) -> str:
    """What it does to the bank."""
    return str(FATE_WORDS[Fate(row.fate)])


def line_of(row: Row) -> str:
    """The row as one line: where, what, how much of it, and what was left out."""
    place = _("Line %(line)d, “%(name)s” (%(type)s)") % {
        "line": row.line,
        "name": row.name,
        "type": row.type,
    }
    if row.fit == Fit.REFUSED:
        return _("%(place)s: refused. %(reason)s") % {
            "place": place,
            "reason": sentence(row.reason),
        }
    said = [
        _("%(place)s: %(fit)s, as “%(type)s”; %(fate)s.")
        % {
            "place": place,
            "fit": fit_words(row),
            "type": row.becomes,
            "fate": fate_words(row),
        }
    ]
    if row.lost:
        said.append(_("Left out: %(what)s.") % {"what": "; ".join(row.lost)})
    if row.small:
        said.append(_("Of less weight: %(what)s.") % {"what": "; ".join(row.small)})
    if row.remarks:
        said.append(_("Note: %(what)s.") % {"what": "; ".join(row.remarks)})
    return " ".join(said)


def sentence(said: str) -> str:
    """The words with a capital before and a stop after them."""
    said = capfirst(said.strip())
    return said if said.endswith((".", "!", "?")) else f"{said}."


def summary_of(rows: Iterable[Row]) -> str:
    """How many came in whole, in part and not at all; and what that does to the bank."""
    rows = list(rows)
    fits, fates = Counter(row.fit for row in rows), Counter(row.fate for row in rows)
    questions = ngettext("%(count)d question", "%(count)d questions", len(rows))
    return _(
        "%(questions)s: %(whole)d whole, %(part)d in part, %(refused)d refused. "
        "%(new)d new, %(updated)d changed, %(unchanged)d here already, %(kept)d left alone, "
        "%(twice)d twice in the file."
    ) % {
        "questions": questions % {"count": len(rows)},
        **{fit.value: fits[fit.value] for fit in Fit},
        **{fate.value: fates[fate.value] for fate in Fate if fate is not Fate.REFUSED},
    }
