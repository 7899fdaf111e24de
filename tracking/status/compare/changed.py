"""Which facts the platform knows differently through two batches."""

from collections.abc import Mapping

from django.db.models import Q

from foundation.facts import Fact, FactQuerySet
from tracking.ledger.models import Completion, Start
from tracking.organisation.models import Absence, Employment, Unit
from tracking.status.compare.causes import Step
from tracking.targets.models import Exemption, Target

# The kinds of fact of each step, by the names Known has for them.
KINDS: Mapping[Step, Mapping[str, type[Fact]]] = {
    Step.UNITS: {"units": Unit},
    Step.TARGETS: {"targets": Target},
    Step.EMPLOYMENTS: {"employments": Employment},
    Step.ABSENCES: {"absences": Absence},
    Step.EXEMPTIONS: {"exemptions": Exemption},
    Step.COMPLETIONS: {"completions": Completion, "starts": Start},
    Step.DAY: {},
}
OF_PEOPLE = (Step.EMPLOYMENTS, Step.ABSENCES, Step.EXEMPTIONS, Step.COMPLETIONS)


def changed(model: type[Fact], first: int, last: int) -> FactQuerySet:
    """Facts known through one of the batches and not through the other; `first` <= `last`."""
    came = Q(batch_in__gt=first, batch_in__lte=last)
    went = Q(batch_out__gt=first, batch_out__lte=last)
    return model.objects.filter(came | went).exclude(came & went)


def people_changed(step: Step, first: int, last: int) -> frozenset[int]:
    """Primary keys of those about whom facts of the step changed. A query for each kind."""
    return frozenset().union(
        *(
            changed(model, first, last).values_list("person_id", flat=True)
            for model in KINDS[step].values()
        )
    )


def codes_changed(model: type[Fact], first: int, last: int) -> frozenset[str]:
    """Codes of the units or targets that changed. One query."""
    return frozenset(changed(model, first, last).values_list("code", flat=True))
