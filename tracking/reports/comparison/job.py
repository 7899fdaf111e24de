"""A comparison of a large unit, worked out in the background and kept."""

from datetime import date

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext

from foundation.intervals import today
from foundation.jobs.actions import start_job
from foundation.jobs.kinds import JobFailed, NextStep, Outcome, job_kind
from foundation.jobs.models import Job
from foundation.jobs.progress import Progress
from tracking.organisation.models import User
from tracking.organisation.rules import units_visible_to
from tracking.reports.comparison.account import accounts, whole
from tracking.reports.comparison.asked import AskedComparison, asked_comparison, pinned
from tracking.reports.comparison.kept import keep
from tracking.status.figures import figures

KIND = "compare-reports"
# People × targets that are compared while the reader waits (docs/benchmarks.md).
MOST_AT_ONCE = 30_000


def start_comparison(*, owner: User, query: QueryDict, asked: AskedComparison) -> Job:
    """A job that works it out; the same one when it is under way already."""
    return start_job(
        kind=KIND,
        owner=owner,
        title=gettext("Comparison of %(unit)s") % {"unit": asked.of.unit_name},
        arguments={"query": pinned(query, asked).urlencode()},
    )


def _may_read(job: Job, on: date) -> bool:
    """Whether the unit's figures are still the owner's to see."""
    if job.owner is None:
        return False
    scope = units_visible_to(job.owner, on)
    return scope.sees_figures_of(QueryDict(job.arguments.get("query", "")).get("enhet", ""))


def _next(job: Job) -> NextStep | None:
    """The comparison itself."""
    if job.state != "done":
        return None
    url = f"{reverse('reports:comparison')}?{job.arguments['query']}"
    return NextStep(url, gettext("Show the comparison"), posts=False)


@job_kind(KIND, may_read=_may_read, next_step=_next)
def compare_reports(job: Job, progress: Progress) -> Outcome:
    """Work it out with the rights of its owner, and keep it."""
    scope = units_visible_to(job.owner, today()) if job.owner else None
    asked = asked_comparison(QueryDict(job.arguments["query"]), scope)[1] if scope else None
    if asked is None:
        raise JobFailed(gettext("You may not see these figures any more."))
    told = asked.of.form.cleaned_data
    first = figures(as_of=told["jamfor"], known_at=told["jamfor_kand"], steps=progress)
    last = figures(as_of=told["datum"], known_at=told["kand"], steps=progress)
    comparing = asked.comparing()
    comparison = comparing.compared(progress)
    keep(comparing, comparison)
    found = whole(accounts(comparison, first, last), comparison)
    return Outcome("\n".join([found.words, *found.causes]))
