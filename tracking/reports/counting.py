"""A day that is not kept, counted as a job where there are too many people to wait for."""

from datetime import date, datetime

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext

from foundation.components.dates import swedish_date
from foundation.components.numbers import number
from foundation.jobs.actions import start_job
from foundation.jobs.kinds import NextStep, Outcome, job_kind
from foundation.jobs.models import Job
from foundation.jobs.progress import Progress
from tracking.organisation.models import User
from tracking.organisation.roles import Roles, roles_of
from tracking.reports.asked import FIGURES, carried
from tracking.status.figures import figures

KIND = "count-day"
PAGES = {"overview", "target", "account", "equality"}


def start_counting(
    *, owner: User, as_of: date, known_at: datetime | None, page: str, asked: QueryDict
) -> Job:
    """A job that counts the day; the same one when it is under way already.

    `page`: the one that asked for it, by name, to be shown afterwards.
    """
    return start_job(
        kind=KIND,
        owner=owner,
        title=gettext("Figures of %(day)s") % {"day": swedish_date(as_of)},
        arguments={
            "as_of": as_of.isoformat(),
            "known_at": known_at.isoformat() if known_at else "",
            "page": page if page in PAGES else "overview",
            "query": carried(asked, (*FIGURES, "mal", "del")).urlencode(),
        },
    )


def _may_read(job: Job, on: date) -> bool:
    """Whether any figures are still the owner's to see."""
    roles = roles_of(job.owner, on) if job.owner else Roles()
    return roles.sees_figures or roles.sees_staff


def _show(job: Job) -> NextStep:
    page, query = job.arguments["page"], job.arguments["query"]
    url = f"{reverse(f'reports:{page}')}?{query}"
    return NextStep(url, gettext("Show the figures"), posts=False)


@job_kind(KIND, may_read=_may_read, next_step=_show)
def count_day(job: Job, progress: Progress) -> Outcome:
    """The figures, kept from now on."""
    known_at = job.arguments["known_at"]
    found = figures(
        as_of=date.fromisoformat(job.arguments["as_of"]),
        known_at=datetime.fromisoformat(known_at) if known_at else None,
        steps=progress,
    )
    units = {"units": number(len(found.tree.units)), "targets": number(len(found.targets))}
    text = gettext("Counted: %(units)s units and %(targets)s targets. It is kept for next time.")
    return Outcome(text % units)
