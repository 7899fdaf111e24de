"""What a comparison says: the causes, the sums, the two reports."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext, ngettext, ngettext_lazy

from foundation.components.dates import swedish_date
from foundation.components.numbers import number
from foundation.intervals import STOCKHOLM
from tracking.reports.stand import moment_words
from tracking.status.compare.causes import Cause

_ENTERED = {
    Cause.COMPLETED_LATE: ngettext_lazy("completion entered late", "completions entered late"),
    Cause.COMPLETION_CORRECTED: ngettext_lazy(
        "completion corrected or withdrawn", "completions corrected or withdrawn"
    ),
    Cause.STARTED_LATE: ngettext_lazy("start entered late", "starts entered late"),
    Cause.EMPLOYED_LATE: ngettext_lazy("employment entered late", "employments entered late"),
    Cause.EMPLOYMENT_REMOVED: ngettext_lazy(
        "employment ended or withdrawn late", "employments ended or withdrawn late"
    ),
    Cause.MOVED_IN_LATE: ngettext_lazy("move in entered late", "moves in entered late"),
    Cause.MOVED_OUT_LATE: ngettext_lazy("move out entered late", "moves out entered late"),
    Cause.EMPLOYMENT_CORRECTED: ngettext_lazy("corrected employment", "corrected employments"),
    Cause.REORGANISED_LATE: ngettext_lazy(
        "by a reorganisation entered late", "by reorganisations entered late"
    ),
    Cause.TARGET_CHANGED: ngettext_lazy("by a changed target", "by changed targets"),
    Cause.LEAVE_LATE: ngettext_lazy(
        "leave entered or corrected late", "leaves entered or corrected late"
    ),
    Cause.EXEMPTION_LATE: ngettext_lazy(
        "exemption entered or corrected late", "exemptions entered or corrected late"
    ),
}
_OF_TIME = {
    Cause.COMPLETED: ngettext_lazy("completed in between", "completed in between"),
    Cause.STARTED: ngettext_lazy("began in between", "began in between"),
    Cause.DEADLINE_PASSED: ngettext_lazy("deadline passed", "deadlines passed"),
    Cause.VALIDITY_ENDED: ngettext_lazy("validity ran out", "validities ran out"),
    Cause.NEW_DEADLINE: ngettext_lazy("got a later deadline", "got a later deadline"),
    Cause.JOINED: ngettext_lazy("newly employed", "newly employed"),
    Cause.LEFT: ngettext_lazy("left their employment", "left their employment"),
    Cause.MOVED_IN: ngettext_lazy("moved in", "moved in"),
    Cause.MOVED_OUT: ngettext_lazy("moved out", "moved out"),
    Cause.ROLE_CHANGED: ngettext_lazy("changed role", "changed role"),
    Cause.REORGANISED: ngettext_lazy("reorganised", "reorganised"),
    Cause.TARGET_BEGAN: ngettext_lazy("by a target that began", "by a target that began"),
    Cause.TARGET_ENDED: ngettext_lazy("by a target that ended", "by a target that ended"),
    Cause.LEAVE_BEGAN: ngettext_lazy("went on leave", "went on leave"),
    Cause.LEAVE_ENDED: ngettext_lazy("came back from leave", "came back from leave"),
    Cause.EXEMPTION_BEGAN: ngettext_lazy("exemption began", "exemptions began"),
    Cause.EXEMPTION_ENDED: ngettext_lazy("exemption ended", "exemptions ended"),
}


def cause_words(cause: Cause, count: int) -> str:
    """What happened to so many people, after the number."""
    words = {**_ENTERED, **_OF_TIME}[cause]
    return str(words % abs(count))


def cause_heading(cause: Cause) -> str:
    """The same at the head of a line."""
    words = cause_words(cause, 2)
    return words[:1].upper() + words[1:]


def signed(value: int) -> str:
    """ "+3" or "−2"; "0" for nothing."""
    return f"+{number(value)}" if value > 0 else number(value)


def side_words(as_of: date, known_at: datetime | None, today: date) -> str:
    """Which report is meant, as the head of a column says it."""
    day = gettext("today") if as_of == today else swedish_date(as_of)
    if known_at is None:
        if as_of == today:
            return day
        return gettext("%(day)s, with what is known today") % {"day": day}
    if known_at.astimezone(STOCKHOLM).date() == as_of:
        return gettext("%(day)s, as it was known then") % {"day": day}
    known = {"day": day, "moment": moment_words(known_at)}
    return gettext("%(day)s, as it was known %(moment)s") % known


def difference_words(more: int, *, late: bool) -> str:
    """How many more or fewer are done, before the causes.

    `late`: both reports are of one day, the second knowing more.
    """
    count = {"count": number(abs(more))}
    if more == 0 and late:
        return gettext("As many done as was reported")
    if more == 0:
        return gettext("As many done as before")
    if late:
        text = (
            ngettext("%(count)s more done than reported", "%(count)s more done than reported", more)
            if more > 0
            else ngettext(
                "%(count)s fewer done than reported", "%(count)s fewer done than reported", -more
            )
        )
    else:
        text = (
            ngettext("%(count)s more done", "%(count)s more done", more)
            if more > 0
            else ngettext("%(count)s fewer done", "%(count)s fewer done", -more)
        )
    return text % count


@dataclass(frozen=True, slots=True)
class Difference:
    """How many more or fewer are done, and what that comes from, the largest first."""

    words: str
    causes: list[str]

    @property
    def why(self) -> str:
        """ "+10 completions entered late, +3 moved in, −1 corrected employment"."""
        return ", ".join(self.causes)


def difference(more: int, causes: Mapping[Cause, int], *, late: bool) -> Difference:
    """What a difference in those done is called; `causes` add up to it."""
    return Difference(
        difference_words(more, late=late),
        [
            f"{signed(value)} {cause_words(cause, value)}"
            for cause, value in sorted(causes.items(), key=lambda one: -abs(one[1]))
            if value
        ],
    )
