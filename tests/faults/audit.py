"""`python -m tests.faults.audit FILE`: holds what people were told against the database; JSON.

FILE says what they were told: answers, attempts handed in, jobs begun.
"""

import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import django


def _plain(answer: Any) -> list[Any]:
    """An answer so that two that say the same are equal."""
    return sorted(map(list, answer.items())) if isinstance(answer, dict) else sorted(answer)


def _answers(changes: list[list[Any]], told: set[str]) -> dict[str, int]:
    """Each question holds the last change that was told to be saved, or one made after it."""
    from quizzes.attempts.models import Answer

    rows = Answer.objects.values_list(
        "item__attempt__public_id", "item__position", "client_id", "chosen"
    )
    kept: dict[tuple[str, int], list[tuple[str, list[Any]]]] = {}
    for attempt, position, client, chosen in rows:
        kept.setdefault((str(attempt), position), []).append((client, _plain(chosen)))
    may_stand: dict[tuple[str, int], list[tuple[str, list[Any]]]] = {}
    for attempt, position, client, chosen in changes:
        one = (client, _plain(chosen))
        place = (attempt, position)
        may_stand[place] = [one] if client in told else [*may_stand.get(place, []), one]
    with_told = {(attempt, position) for attempt, position, client, _ in changes if client in told}
    lost = doubled = 0
    for place in with_told:
        found = kept.get(place, [])
        lost += not any(one in may_stand[place] for one in found)
        doubled += len(found) > 1
    return {"answers told": len(told), "answers lost": lost, "answers doubled": doubled}


def _completions(handed_in: list[str]) -> dict[str, int]:
    from quizzes.attempts.models import Attempt
    from tracking.ledger.models import Certificate, Completion

    passed = {
        str(number)
        for number in Attempt.objects.filter(passed=True).values_list("public_id", flat=True)
    }
    judged = {
        str(number)
        for number in Attempt.objects.exclude(submitted_at=None).values_list("public_id", flat=True)
    }
    proofs = Counter(
        str(by.get("attempt"))
        for by in Completion.objects.known_now().values_list("judged_by", flat=True)
    )
    certificates = Counter(Certificate.objects.values_list("completion", flat=True))
    return {
        "handed in": len(handed_in),
        "handed in lost": len(set(handed_in) - judged),
        "completions": sum(proofs.values()),
        "completions lost": len(passed - set(proofs)),
        "completions doubled": sum(count - 1 for count in proofs.values()),
        "completions of nothing": len(set(proofs) - passed),
        "certificates wrong": abs(sum(proofs.values()) - len(certificates))
        + sum(count - 1 for count in certificates.values()),
    }


def _jobs(begun: dict[str, int]) -> dict[str, int]:
    from foundation.jobs.models import Job, JobState, private_storage
    from foundation.outbox import OutboxRow
    from tests.faults.jobs import EACH, STEPS

    jobs = {str(job.public_id): job for job in Job.objects.all()}
    total = STEPS * sum(range(EACH)) + sum(range(STEPS))
    wrong = unreasoned = 0
    for public_id, number in begun.items():
        job = jobs.get(public_id)
        if job is None:
            continue
        if job.state == JobState.DONE:
            with private_storage().open(job.result) as file:
                wrong += file.read().decode() != f"{number} {total}"
        elif job.state == JobState.FAILED:
            unreasoned += not job.outcome
    states = Counter(job.state for job in jobs.values())
    return {
        "jobs told": len(begun),
        "jobs lost": len(set(begun) - set(jobs)),
        "jobs done": states[JobState.DONE],
        "jobs failed with a reason": states[JobState.FAILED] - unreasoned,
        "jobs failed without": unreasoned,
        "jobs with a wrong result": wrong,
        "jobs undone": sum(not job.is_over for job in jobs.values()),
        "outbox rows left": OutboxRow.objects.count(),
    }


def main() -> None:
    """Print the counts."""
    django.setup()
    told = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    answers = _answers(told["changes"], set(told["answers"]))
    found = answers | _completions(told["handed_in"]) | _jobs(told["jobs"])
    print(json.dumps(found))


if __name__ == "__main__":
    main()
