"""What waits, by address, and whose it may be."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import islice

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from foundation.facts import FactBatch
from foundation.sorting import swedish
from tracking.evidence.matching.actions import MATCHED
from tracking.evidence.matching.addresses import Hidden, likeness, local_part, plain, words
from tracking.ledger.models import Completion, PendingCompletion
from tracking.ledger.queries import known_courses
from tracking.organisation.models import Employment, Person

MOST_LOOKED_AT = 1_000
MOST_SUGGESTED = 4
MOST_FOUND = 20
SURE = 0.9
WHY: dict[str, str | Promise] = {
    "address": _("the same address"),
    "local": _("the same before the @"),
    "name": _("the name stands in the address"),
    "spelling": _("much the same spelling"),
    "searched": _("found by your words"),
}


@dataclass(slots=True)
class Suggestion:
    """Somebody it may be."""

    person: Person
    score: float
    why: str | Promise
    works: str = ""


@dataclass(slots=True)
class Waiting:
    """Everything that waits under one address."""

    key: int  # of its first row, which stands in the page's address instead of the e-mail's
    address: str
    rows: list[PendingCompletion]
    courses: dict[str, str] = field(default_factory=dict)
    suggestions: list[Suggestion] = field(default_factory=list)

    @property
    def files(self) -> str:
        """The files the rows came with."""
        return ", ".join(dict.fromkeys(row.batch_in.file_name for row in self.rows))

    @property
    def taken(self) -> list[tuple[PendingCompletion, str]]:
        """Each row with its course's name."""
        return [(row, self.courses.get(row.course_code, row.course_code)) for row in self.rows]


def hidden() -> Hidden:
    """Whose addresses are never listed. One query."""
    protected = Person.objects.filter(protected=True, pseudonymised_on=None)
    return Hidden(protected.only("first_name", "last_name", "email"))


def waiting_addresses(asked: str = "") -> tuple[list[str], int]:
    """Addresses with rows that wait, as they are listed, and how many rows are left out as they
    may be of somebody protected. `asked`: words that the address, or a course's code, must hold.
    """
    protected, left_out = hidden(), 0
    shown: dict[str, None] = {}
    rows = PendingCompletion.objects.waiting()
    for word in asked.split():
        rows = rows.filter(Q(email__icontains=word) | Q(course_code__icontains=word))
    counted = rows.values_list("email").annotate(rows=Count("pk")).order_by("email")
    for address, count in counted:
        if protected.names(address):
            left_out += count
        else:
            shown[plain(address)] = None
    return sorted(shown, key=swedish), left_out


def waiting_at(addresses: Collection[str]) -> list[Waiting]:
    """What waits under these (plain) addresses, in their order. As many queries however many."""
    asked = set(addresses)
    spelt = [
        email
        for email in PendingCompletion.objects.waiting().values_list("email", flat=True).distinct()
        if plain(email) in asked
    ]
    rows = PendingCompletion.objects.waiting().filter(email__in=spelt).select_related("batch_in")
    by_address: dict[str, list[PendingCompletion]] = defaultdict(list)
    for row in rows.order_by("on", "course_code", "pk"):
        by_address[plain(row.email)].append(row)
    names = {
        code: course.name
        for code, course in known_courses({row.course_code for row in rows}).items()
    }
    return [
        Waiting(min(row.pk for row in found), found[0].email, found, names)
        for address in addresses
        if (found := by_address.get(address))
    ]


def waiting_with(row: int) -> Waiting | None:
    """What waits under the address of this row; nothing of somebody protected."""
    one = PendingCompletion.objects.waiting().filter(pk=row).first()
    if one is None or hidden().names(one.email):
        return None
    found = waiting_at([plain(one.email)])
    return found[0] if found else None


def people() -> QuerySet[Person]:
    """Those a completion can be given to: employed some time, and not protected."""
    employed = Employment.objects.known_now().filter(person=OuterRef("pk"))
    found = Person.objects.filter(protected=False, pseudonymised_on=None)
    return found.filter(Exists(employed))


def suggest(groups: Sequence[Waiting], *, on: date) -> None:
    """Fill in whom each address may belong to, the likeliest first. Two queries for all."""
    narrowed = Q(pk=None)
    for group in groups:
        narrowed |= _like(group.address)
    looked_at = list(people().filter(narrowed)[:MOST_LOOKED_AT])
    for group in groups:
        found = [
            Suggestion(person, like.score, WHY[like.why])
            for person in looked_at
            if (like := likeness(group.address, person))
        ]
        found.sort(key=lambda one: (-one.score, swedish(one.person.full_name), one.person.pk))
        if found and found[0].score >= SURE:  # then a like spelling is only noise
            found = [one for one in found if one.score >= SURE]
        group.suggestions = found[:MOST_SUGGESTED]
    _tell_works([one for group in groups for one in group.suggestions], on)


def search(asked: str, *, on: date) -> list[Suggestion]:
    """People with all of these words in name, address or HR's key."""
    found = people()
    for word in asked.split():
        found = found.filter(
            Q(first_name__icontains=word)
            | Q(last_name__icontains=word)
            | Q(email__icontains=word)
            | Q(person_id__iexact=word)
        )
    some = found.order_by("last_name", "first_name", "pk")[:MOST_FOUND] if asked.strip() else []
    suggestions = [Suggestion(person, 0.0, WHY["searched"]) for person in some]
    _tell_works(suggestions, on)
    return suggestions


def _like(address: str) -> Q:
    """People worth comparing with the address letter by letter."""
    asked = Q(email__iexact=address)
    local = address.rpartition("@")[0]
    if len(local_part(address)) > 3:
        asked |= Q(email__istartswith=local[:4])
    said = sorted(words(local))
    for one in said:
        for other in said:
            if one != other:
                asked |= Q(first_name__istartswith=one[:3], last_name__istartswith=other[:3])
    return asked


def _tell_works(suggestions: Sequence[Suggestion], on: date) -> None:
    held = Employment.objects.known_now().filter(person__in={one.person.pk for one in suggestions})
    works: dict[int, str] = {}
    for one in held.order_by("valid_from"):
        if one.valid_from <= on or one.person_id not in works:
            works[one.person_id] = ", ".join(filter(None, (one.position, one.unit_code)))
    for suggestion in suggestions:
        suggestion.works = works.get(suggestion.person.pk, "")


@dataclass(frozen=True, slots=True)
class Matched:
    """A match that can be taken back: who made it when, of whom, how many rows."""

    batch: FactBatch
    person: int
    rows: int


def lately_matched(limit: int) -> list[Matched]:
    """The latest matches that still stand."""
    counted = (
        PendingCompletion.objects.filter(matched_in__origin=MATCHED)
        .values_list("matched_in", "matched_to")
        .annotate(rows=Count("pk"))
        .order_by("-matched_in")[:limit]
    )
    found = list(counted)
    batches = FactBatch.objects.select_related("actor__person").in_bulk(
        [batch for batch, _person, _rows in found]
    )
    return [Matched(batches[batch], person, rows) for batch, person, rows in found]


def brought_by(batch: FactBatch) -> QuerySet[Completion]:
    """What a match brought that is known still."""
    found: QuerySet[Completion] = Completion.objects.known_now().filter(batch_in=batch)
    return found


def lately_dismissed(limit: int) -> list[PendingCompletion]:
    """The latest rows put aside, but for those that may be of somebody protected."""
    protected = hidden()
    found = PendingCompletion.objects.filter(matched_in=None, dismissed_at__isnull=False)
    rows = found.select_related("dismissed_by__person").order_by("-dismissed_at", "-pk")
    shown = (row for row in rows.iterator(chunk_size=100) if not protected.names(row.email))
    return list(islice(shown, limit))
