"""A publication, made in the background: everybody in the city is counted by person."""

from datetime import date

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext

from foundation.components.numbers import number
from foundation.intervals import today
from foundation.jobs.actions import start_job
from foundation.jobs.kinds import JobFailed, NextStep, Outcome, job_kind
from foundation.jobs.models import Job
from foundation.jobs.progress import Progress
from tracking.organisation.models import User
from tracking.organisation.rules import units_visible_to
from tracking.publication.actions import NotClosed, publish
from tracking.publication.rules import may_publish, may_read
from tracking.scorecards.models import ReportingPeriod

KIND = "publish-period"


def start_publishing(*, owner: User, period: ReportingPeriod) -> Job:
    """A job that makes the publication; the same one when it is under way already."""
    return start_job(
        kind=KIND,
        owner=owner,
        title=gettext("Published figures, %(period)s") % {"period": period.code},
        arguments={"period": period.code},
    )


def _may_read(job: Job, on: date) -> bool:
    return job.owner is not None and may_read(units_visible_to(job.owner, on))


def _show(job: Job) -> NextStep:
    url = reverse("publication:page", args=[job.arguments["period"]])
    return NextStep(url, gettext("Show the publication"), posts=False)


@job_kind(KIND, may_read=_may_read, next_step=_show)
def publish_period(job: Job, progress: Progress) -> Outcome:
    """Made once: whoever was first."""
    if job.owner is None or not may_publish(units_visible_to(job.owner, today())):
        raise JobFailed(gettext("It is not yours to publish any more."))
    period = ReportingPeriod.objects.get(code=job.arguments["period"])
    try:
        made = publish(period=period, actor=job.owner, now=timezone.now(), steps=progress)
    except NotClosed as error:
        raise JobFailed(gettext("The city has not closed the period yet.")) from error
    text = ngettext("%(count)s figure.", "%(count)s figures.", len(made.cells))
    return Outcome(text % {"count": number(len(made.cells))})
