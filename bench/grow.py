"""`python -m bench.grow TIMES`: makes the demo city so many times as large.

Everybody who has no account gets twins: the same employments, absences, starts, completions and
exemptions, in the same batches. Units and targets stay as many: what grows is the staff.
"""

import sys
from typing import Any

from bench.plan import start

AT_ONCE = 2000


def grow(times: int) -> None:
    """Add `times` - 1 twins of everybody."""
    from django.db import transaction

    from tracking.ledger.models import Completion, Start
    from tracking.organisation.models import Absence, Employment, Person
    from tracking.targets.models import Exemption

    people = list(Person.objects.filter(user=None).order_by("pk"))
    for number in range(1, times):
        with transaction.atomic():
            twins = Person.objects.bulk_create(
                (
                    Person(
                        person_id=f"{one.person_id}-{number}",
                        first_name=one.first_name,
                        last_name=one.last_name,
                        protected=one.protected,
                    )
                    for one in people
                ),
                batch_size=AT_ONCE,
            )
            twin_of = {one.pk: twin.pk for one, twin in zip(people, twins, strict=True)}
            for model in (Employment, Absence, Start, Completion, Exemption):
                _copy(model, twin_of)


def _copy(model: Any, twin_of: dict[int, int]) -> None:
    """The facts of each for their twin."""
    names = [field.attname for field in model._meta.concrete_fields if not field.primary_key]
    copies = [
        model(**values | {"person_id": twin_of[values["person_id"]]})
        for values in model.objects.values(*names).order_by("pk")
        if values["person_id"] in twin_of
    ]
    model.objects.bulk_create(copies, batch_size=AT_ONCE)


def main() -> None:
    """Grow the city of the environment's database."""
    start()
    grow(int(sys.argv[1]))


if __name__ == "__main__":
    main()
