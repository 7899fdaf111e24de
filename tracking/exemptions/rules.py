"""What an exemption recorded by a manager may say, and who may record one (docs/adr).

Managers and their deputies, for their own staff, never for themselves. A coordinator follows the
figures up and does not decide who counts in them; HR's file of exemptions is brought in as before.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db import models
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from foundation.cells import BadValue, Fault, text
from foundation.intervals import plus_months

LONGEST_MONTHS = 24  # then somebody looks at it anew
MONTHS_BACK = 12  # what reports said before that is not changed by hand
LONGEST_WORDS = 200


class Reason(models.TextChoices):
    """The reasons offered. What is kept is the reason in words, as files have it."""

    EQUIVALENT = "motsvarande", _("has equivalent training that can't be recorded as a course")
    OTHER_WORK = "andra_uppgifter", _("does other work for a time")
    NO_CONTACT = "moter_ingen", _("the work does not call for the knowledge")
    LEAVING = "slutar", _("leaves soon")
    OTHER = "annat", _("another reason")


class ExemptionRefused(ValueError):
    """What is wrong, each with its place, its value and what was expected."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = list(faults)
        super().__init__("; ".join(f"{one.column}: {one.expected}" for one in self.faults))


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be recorded: both days included; `reason` as it is kept."""

    target: str
    first: date
    last: date
    reason: str


def reason_in_words(reason: Reason, words: str) -> str:
    """The reason as it is kept: in the language of what the city writes, whoever records it."""
    said = " ".join(words.split())
    if reason is Reason.OTHER:
        return said
    with override(settings.CONTENT_LANGUAGE):
        label = str(reason.label)
    return f"{label}: {said}" if said else label


def faults_of_words(reason: Reason, words: str) -> list[Fault]:
    """What is wrong with a manager's own words."""
    said = " ".join(words.split())
    if reason is Reason.OTHER and not said:
        return [Fault("egna_ord", "", gettext("a few words on the reason"))]
    try:
        text(LONGEST_WORDS)(said)
    except BadValue as bad:
        return [Fault("egna_ord", "", str(bad))]
    return []


def faults_of_period(first: date, last: date, today: date) -> list[Fault]:
    """What is wrong with the days themselves."""
    earliest = plus_months(today, -MONTHS_BACK) or first
    if first < earliest:
        expected = gettext("%(day)s or later: older reports are not changed by hand")
        return [Fault("fran", first.isoformat(), expected % {"day": earliest})]
    if last < first:
        expected = gettext("a day on or after fran (%(day)s)")
        return [Fault("till", last.isoformat(), expected % {"day": first})]
    latest = plus_months(first, LONGEST_MONTHS)
    if latest and last > latest:
        expected = gettext("%(day)s or earlier: two years at most, then it is looked at anew")
        return [Fault("till", last.isoformat(), expected % {"day": latest})]
    return []
