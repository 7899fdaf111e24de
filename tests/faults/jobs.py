"""The drill's job: adds up numbers, long enough to be killed in the middle."""

from django.utils import timezone

from foundation.jobs.kinds import JobFailed, Outcome, ResultFile, job_kind
from foundation.jobs.models import Job
from foundation.jobs.progress import Progress

STEPS = 30
EACH = 40_000  # additions a step: some milliseconds


@job_kind("faults-sum")
def add_up(job: Job, progress: Progress) -> Outcome:
    """The sum of all steps as a file; one in five fails, with a reason."""
    number = int(job.arguments["number"])
    total = 0
    for step in progress.each(range(STEPS), "adding"):
        total += sum(range(EACH)) + step
    if number % 5 == 0:
        raise JobFailed("A number that can be divided by five.")
    text = f"{number} {total}"
    return Outcome(f"at {timezone.now():%H:%M}", file=ResultFile("sum.txt", text.encode()))
