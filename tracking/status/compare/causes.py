"""The causes a difference can have, and the order in which they are looked for (docs/adr/0034)."""

from enum import StrEnum


class Step(StrEnum):
    """What is exchanged between two neighbouring states on the way from one report to the other.

    In this order: first everything the platform came to know of the earlier report's day, one kind
    of fact at a time; then the day itself.
    """

    UNITS = "units"
    TARGETS = "targets"
    EMPLOYMENTS = "employments"
    ABSENCES = "absences"
    EXEMPTIONS = "exemptions"
    COMPLETIONS = "completions"  # with starts
    DAY = "day"


ORDER = tuple(Step)


class Cause(StrEnum):
    """Why somebody stands otherwise in the second report, as addresses say it; in order of show."""

    # Known later of a day that was reported already.
    COMPLETED_LATE = "genomforande-sent"
    COMPLETION_CORRECTED = "genomforande-rattat"
    STARTED_LATE = "start-sen"
    EMPLOYED_LATE = "anstallning-sen"
    EMPLOYMENT_REMOVED = "anstallning-borttagen"
    MOVED_IN_LATE = "inflyttad-sent"
    MOVED_OUT_LATE = "utflyttad-sent"
    EMPLOYMENT_CORRECTED = "anstallning-rattad"
    REORGANISED_LATE = "omorganisation-sen"
    TARGET_CHANGED = "mal-andrat"
    LEAVE_LATE = "ledighet-sen"
    EXEMPTION_LATE = "undantag-sent"
    # What time did between two days.
    COMPLETED = "genomford"
    STARTED = "paborjad"
    DEADLINE_PASSED = "tiden-ute"
    VALIDITY_ENDED = "giltighet-ute"
    NEW_DEADLINE = "ny-tid"
    JOINED = "borjade"
    LEFT = "slutade"
    MOVED_IN = "flyttade-in"
    MOVED_OUT = "flyttade-ut"
    ROLE_CHANGED = "bytte-tjanst"
    REORGANISED = "omorganisation"
    TARGET_BEGAN = "mal-borjade"
    TARGET_ENDED = "mal-slutade"
    LEAVE_BEGAN = "ledighet-borjade"
    LEAVE_ENDED = "ledighet-slutade"
    EXEMPTION_BEGAN = "undantag-borjade"
    EXEMPTION_ENDED = "undantag-slutade"

    @property
    def is_of_time(self) -> bool:
        """Whether time did it, and not something that came to be known."""
        return CAUSES.index(self) >= CAUSES.index(Cause.COMPLETED)


CAUSES = tuple(Cause)
