"""Regrading many attempts, in the background."""

from django.utils.translation import gettext, ngettext

from foundation.jobs.kinds import JobFailed, Outcome, job_kind
from foundation.jobs.models import Job
from foundation.jobs.progress import Progress
from quizzes.regrading.actions import JOB, carry_out
from quizzes.regrading.models import Regrade
from tracking.organisation.models import User


@job_kind(JOB)
def run(job: Job, progress: Progress) -> Outcome:
    """Judge the rest of the attempts again, or make the rest as they were."""
    assert job.owner is not None  # what is done is done by somebody
    owner = User.objects.get(pk=job.owner.pk)
    try:
        made = carry_out(job.arguments["regrade"], owner, progress)
    except Regrade.DoesNotExist as error:
        raise JobFailed(gettext("The regrading is no longer there.")) from error
    said = ngettext(
        "%(count)d attempt has been judged again.",
        "%(count)d attempts have been judged again.",
        made.changed,
    )
    return Outcome(said % {"count": made.changed})
