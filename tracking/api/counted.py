"""Counts for an answer: those that are kept, or of the very batch a page is pinned to."""

from http import HTTPStatus

from django.http import QueryDict
from django.utils.translation import gettext

from tracking.api.bearer import Reader
from tracking.api.problems import Problem
from tracking.api.stand import Stand
from tracking.reports.counting import start_counting
from tracking.status.figures import Figures, NotCounted, figures

AGAIN_IN = 60  # seconds


def figures_of(reader: Reader, stand: Stand) -> Figures:
    """The figures a page stands on.

    What is known now is kept, and moved with each fact; a page that was pinned a batch ago, and any
    other day, is counted once. Raises Problem where that takes longer than a program waits: it is
    begun as a job of the holder's, and the program asks again.
    """
    try:
        if not stand.known_at:
            kept = figures(as_of=stand.as_of, wait=False)
            if kept.stand.batch == stand.batch:
                return kept
        return figures(as_of=stand.as_of, known_at=stand.asked_at, wait=False)
    except NotCounted as error:
        raise _being_counted(reader, stand) from error


def _being_counted(reader: Reader, stand: Stand) -> Problem:
    start_counting(
        owner=reader.key.holder,
        as_of=stand.as_of,
        known_at=stand.asked_at,
        page="overview",
        asked=QueryDict(f"datum={stand.as_of.isoformat()}"),
    )
    text = gettext("The day is being counted. Ask again after as long as Retry-After says.")
    headers = {"Retry-After": str(AGAIN_IN)}
    return Problem(HTTPStatus.SERVICE_UNAVAILABLE, "being-counted", text, headers=headers)
