"""Working out what a draft would change, as a job: where a city is too large to wait for it."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext

from foundation.intervals import today
from foundation.jobs.actions import start_job
from foundation.jobs.kinds import JobFailed, NextStep, Outcome, job_kind
from foundation.jobs.models import Job
from foundation.jobs.progress import Progress
from tracking.organisation.models import User
from tracking.programme.builder import Builder
from tracking.programme.effect import Question, question, work_out
from tracking.programme.models import TargetDraft
from tracking.programme.names import Vocabulary
from tracking.programme.rules import may_change
from tracking.programme.typed import Typed

TRY = "target-try"


def start_trying(*, draft: TargetDraft, asked: Question, actor: User) -> Job:
    """Begin, or go on with what has begun of the same question."""
    arguments = {"draft": str(draft.public_id), "key": asked.key}
    title = gettext("What would change: %(name)s") % {"name": asked.draft.name}
    return start_job(kind=TRY, owner=actor, title=title, arguments=arguments)


def _may_read(job: Job, on: date) -> bool:
    return job.owner is not None and may_change(job.owner, on)


def _back(job: Job) -> NextStep | None:
    draft = _draft(job)
    if draft is None:
        return None
    url = reverse("programme:draft", args=[draft.public_id])
    return NextStep(url, gettext("Back to the draft"))


def _draft(job: Job) -> TargetDraft | None:
    drafts = TargetDraft.objects.filter(owner=job.owner).select_related("base")
    return drafts.filter(public_id=job.arguments.get("draft")).first()


@job_kind(TRY, may_read=_may_read, next_step=_back)
def try_draft(job: Job, progress: Progress) -> Outcome:
    """What the draft says now, which may be more than when the job was started."""
    if not _may_read(job, today()):
        raise JobFailed(gettext("You may not change targets any more."))
    draft = _draft(job)
    if draft is None:
        raise JobFailed(gettext("The draft is not there any more."))
    builder = Builder(draft, Typed.read(draft.typed), Vocabulary(today()))
    asked = question(builder.row, builder.base, today())
    if asked is None:
        raise JobFailed(gettext("What the draft says can't be read yet. Put it right first."))
    work_out(asked, progress)
    return Outcome(gettext("It has been worked out."))
