"""What waits for whom, and who may look at a proof."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import QuerySet

from tracking.evidence.proof.actions import others_with, same_file
from tracking.evidence.proof.models import IN_USE, Proof, ProofState
from tracking.ledger.models import Completion
from tracking.organisation.models import Duty, DutyRole, Employment, Person
from tracking.organisation.rules import PersonScope, stands_in

Proofs = QuerySet[Proof]


def may_decide(scope: PersonScope, person: int) -> bool:
    """Whether the reader may look at and decide on a proof of this person's (Person's key).

    Whoever sees them by name: managers, deputies, coordinators; of somebody protected the nearest
    manager alone. Never oneself.
    """
    return person != scope.roles.person and scope.roles.sees_staff and scope.sees(person)


def own_proofs(person: Person) -> Proofs:
    """Everything the person has handed in, the latest first."""
    mine = Proof.objects.filter(person=person).exclude(state=ProofState.DRAFT)
    return mine.select_related("decided_by__person", "completion").order_by("-handed_in_at", "-pk")


def decided_by(user: int, limit: int) -> list[Proof]:
    """What this account has decided lately, the latest first."""
    found = Proof.objects.filter(decided_by=user).select_related("person")
    return list(found.order_by("-decided_at", "-pk")[:limit])


def waiting_for(scope: PersonScope, *, everyone: bool = False) -> Proofs:
    """Proofs the reader can decide on, the one that has waited longest first.

    A coordinator's are those of people without a manager below the whole; with `everyone` all.
    """
    waiting = Proof.objects.filter(state=ProofState.WAITING)
    seen = {
        pk: person
        for pk, person in waiting.values_list("pk", "person_id")
        if may_decide(scope, person)
    }
    if scope.everyone and not everyone:
        others = {person for person in seen.values() if person not in scope.named}
        unled = without_manager(scope, others) if others else set()
        seen = {pk: one for pk, one in seen.items() if one in scope.named or one in unled}
    return waiting.filter(pk__in=seen).select_related("person").order_by("handed_in_at", "pk")


def without_manager(scope: PersonScope, people: Collection[int]) -> set[int]:
    """Those of the people (keys) whom nobody below the whole manages today. Three queries.

    Whoever manages the whole city has a coordinator to look at evidence for them.
    """
    managers: dict[str, set[int]] = defaultdict(set)
    employed = Employment.objects.known_now().on(scope.on)
    duties = Duty.objects.known_now().on(scope.on)
    for holders in (
        employed.filter(is_manager=True),
        duties.filter(role__in=(DutyRole.MANAGER, DutyRole.DEPUTY)),
    ):
        for person, code in holders.values_list("person_id", "unit_code"):
            if place := stands_in(scope.tree, code):
                managers[place].add(person)
    managed: set[int] = set()
    for person, code in employed.filter(person__in=people).values_list("person_id", "unit_code"):
        place = stands_in(scope.tree, code)
        above = scope.tree.path(place)[:-1] if place else ()
        if any(managers[unit] - {person} for unit in above):
            managed.add(person)
    return set(people) - managed


@dataclass(frozen=True, slots=True)
class Doubts:
    """What whoever decides should know."""

    others: list[Proof]  # of other people, the very same file
    own: list[Proof]  # of the same person, the very same file for another course
    known: list[Completion]  # when the person completed the course, as is known already

    @property
    def is_stopped(self) -> bool:
        """Whether it can't be verified."""
        return bool(self.others)


def doubts_about(proof: Proof) -> Doubts:
    """The same file elsewhere, and the same course already."""
    own = Proof.objects.filter(same_file(proof), person=proof.person_id, state__in=IN_USE)
    known = Completion.objects.known_now().filter(
        person=proof.person_id, course_code=proof.course_code
    )
    return Doubts(
        list(others_with(proof).select_related("person")),
        list(own.exclude(pk=proof.pk)),
        list(known.order_by("-on")),
    )
