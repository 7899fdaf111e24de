"""What the demo city has none of, laid in the copy that is pictured: jobs in every state."""

from datetime import timedelta

from django.utils import timezone

from foundation.jobs.actions import RUN_JOB
from foundation.jobs.models import Job, JobState
from foundation.outbox import OutboxRow
from tracking.organisation.models import User

KIND = "export-staff"
ERROR = ["rad 14, kolumn personid", "D99999", "någon som finns i personalfilen"]


def lay() -> None:
    """One job of each state, the enhetschef's; those under way never come further."""
    owner = User.objects.get(username="enhetschef")
    now = timezone.now()
    for number, (state, more) in enumerate(
        (
            (JobState.QUEUED, {}),
            (JobState.RUNNING, {"done": 412, "total": 1260, "started_at": now}),
            (
                JobState.FAILED,
                {"outcome": "Något gick fel hos oss. Ingenting blev halvgjort.", "ended_at": now},
            ),
            (
                JobState.FAILED,
                {
                    "outcome": "15 fel. Ingenting ändrades.",
                    "errors": [ERROR] * 15,
                    "error_count": 15,
                    "ended_at": now,
                },
            ),
            (JobState.CANCELLED, {"done": 30, "total": 1260, "ended_at": now}),
        )
    ):
        job = Job.objects.create(
            kind=KIND,
            title=f"Mina medarbetare som Excel, {number + 1}",
            owner=owner,
            fingerprint=f"gallery-{number}",
            state=state,
            created_at=now - timedelta(hours=2 * number, minutes=7),
            **more,
        )
        # The row that would run it is not due today: it is neither run nor taken for lost.
        OutboxRow.objects.create(
            task=RUN_JOB,
            key=str(job.public_id),
            arguments={"job": job.pk},
            created_at=now,
            due_at=now + timedelta(days=1),
        )
