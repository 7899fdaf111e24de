"""`python -m bench.scale.one_fact`: a completion recorded, until status and counts are current."""

from bench.plan import start
from bench.scale.timing import Figure, Stopwatch, told

TIMES = 150
COURSE = "MOD-FREDA"


def measure() -> list[Figure]:
    """Somebody else each time, from all of the city. Raises RuntimeError where it is not kept."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from foundation.facts import FactBatch
    from foundation.intervals import today
    from tracking.ledger.actions import record_completion
    from tracking.ledger.models import Completion, CompletionSource
    from tracking.organisation.models import Employment, Person
    from tracking.status.models import BY_NUMBER, Generation, TargetStatus
    from tracking.status.rules import Status

    day = today()
    there = Employment.objects.known_now().on(day).order_by("person").distinct()
    keys = list(there.values_list("person_id", flat=True))
    done = Completion.objects.known_now().filter(course_code=COURSE)
    without = sorted(set(keys) - set(done.values_list("person_id", flat=True)))
    chosen = without[:: max(1, len(without) // (TIMES + 6))][: TIMES + 6]
    people = list(Person.objects.filter(pk__in=chosen))

    def record(person: Person) -> None:
        record_completion(
            person=person,
            course_code=COURSE,
            on=day,
            source=CompletionSource.PLATFORM,
            actor=None,
        )

    for person in people[:5]:
        record(person)
    with CaptureQueriesContext(connection) as captured:
        record(people[5])
    watch = Stopwatch()
    for person in people[6:]:
        watch.time(lambda one=person: record(one))  # type: ignore[misc]
    generation = Generation.objects.current()
    last = FactBatch.objects.order_by("-pk")[0].pk
    rows = TargetStatus.objects.filter(generation=generation, person=people[-1].pk)
    kept = rows.get(target_code="K05") if rows.filter(target_code="K05").exists() else None
    if generation is None or generation.batch != last:
        raise RuntimeError("The figures kept do not stand for the last completion.")
    if kept is not None and BY_NUMBER[kept.status] not in (Status.DONE, Status.EXEMPT):
        raise RuntimeError("Somebody who completed a course is not kept as done.")
    what = "A completion recorded, status and counts current"
    return [Figure("facts", what, watch.cell, "10 ms", f"{len(captured)} queries")]


def main() -> None:
    """Print the figure."""
    start()
    print(told(measure()))


if __name__ == "__main__":
    main()
