"""Status of people, a page at a time: only of those whom the key's holder may see today."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from operator import itemgetter

from django.db import connection
from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import Collate

from tracking.api.bearer import Reader
from tracking.api.stand import Stand
from tracking.api.tables import Page, Row, page_of
from tracking.exports.queries import STATUS_HEADER
from tracking.organisation.models import Employment, Person
from tracking.organisation.queries import OrganisationDay
from tracking.organisation.rules import PersonScope, district_of
from tracking.status.engine import Frames, Ground, compute, ground_at
from tracking.status.kept.rows import days
from tracking.status.known import Known
from tracking.status.rules import Status

STATUSES = [status.value for status in Status]
DAYS = ("completed_on", "valid_through", "due_on", "start")


def status(reader: Reader, stand: Stand) -> Page:
    """A row per person and target, as `export_status` writes them, of whom the reader may see.

    Whoever is protected stands in no row, not even to their nearest manager: a file travels to
    places where no rule of ours applies (docs/adr/0005).
    """
    scope, known = reader.people, Known.through(stand.batch)
    ground = ground_at(stand.as_of, known, stand.targets)
    tree, most_each = ground.tree, len(ground.targets)
    there = _there(stand, tree)
    heads = _seen(there, scope, stand, most=max(1, stand.limit // max(1, most_each)) + 1)

    def rows(keys: Sequence[str]) -> Iterable[Row]:
        of = {heads[key]: key for key in keys}
        inside = tree.subtree(stand.unit) if stand.unit else None
        return _rows(ground, compute(ground, known, list(of)), of, inside)

    page = page_of(stand, STATUS_HEADER, list(heads), rows, most_each=most_each)
    named = {str(row[0]) for row in page.rows}
    return Page(
        page.header,
        page.rows,
        page.onwards,
        people=[pk for key, pk in heads.items() if key in named],
        left_out=_left_out(there, scope, stand, tree),
    )


def _rows(
    ground: Ground, frames: Frames, of: Mapping[int, str], inside: Collection[str] | None
) -> list[Row]:
    """As files say them, in order; `inside`: only through an employment in these units."""
    table = frames.status
    if inside is not None:
        places = [number for number, code in enumerate(ground.units) if code in inside]
        held = frames.places.loc[frames.places["unit"].isin(places), ["person", "target"]]
        table = table.merge(held.drop_duplicates(), on=["person", "target"])
    columns = (
        [of[person] for person in table["person"].tolist()],
        [ground.targets[number].code for number in table["target"].tolist()],
        [STATUSES[number] for number in table["status"].tolist()],
        *(days(table[name].to_numpy()) for name in DAYS),
    )
    found = list(zip(*columns, strict=True))
    found.sort(key=itemgetter(0, 1))
    return found


def _there(stand: Stand, tree: OrganisationDay) -> QuerySet[Employment]:
    """Employments on the day, of the unit asked for and all below it."""
    held: QuerySet[Employment] = Employment.objects.known_by(stand.batch).on(stand.as_of)
    codes = tree.counting_in(tree.subtree(stand.unit)) if stand.unit else None
    return held if codes is None else held.filter(unit_code__in=codes)


def _seen(
    there: QuerySet[Employment], scope: PersonScope, stand: Stand, *, most: int
) -> dict[str, int]:
    """The first so many people ahead whom rows may name, by HR's key in the order of code points.

    One query, which is read no further than needed.
    """
    exactly = Collate("person_id", "C" if connection.vendor == "postgresql" else "BINARY")
    people = Person.objects.filter(Exists(there.filter(person=OuterRef("pk"))), protected=False)
    people = people.annotate(exactly=exactly).order_by("exactly")
    if stand.after:
        begun = len(stand.after) > 1
        asked = {"exactly__gte" if begun else "exactly__gt": stand.after[0]}
        people = people.filter(**asked)
    if scope.everyone:
        people = people[:most]
    found: dict[str, int] = {}
    for pk, key in people.values_list("pk", "person_id").iterator(chunk_size=max(most, 100)):
        if scope.sees(pk):
            found[key] = pk
            if len(found) == most:
                break
    return found


def _left_out(
    there: QuerySet[Employment], scope: PersonScope, stand: Stand, tree: OrganisationDay
) -> dict[str, int | None]:
    """How many people of the unit asked for stand in no row, as the pages say it.

    `utanfor`: not the reader's to see. `skyddade`: protected; told of a district and the whole,
    and of nothing narrower, where a number would point at somebody.
    """
    keys = there.order_by().values_list("person_id", flat=True).distinct()
    protected = set(keys.filter(person__protected=True))
    within = {pk for pk in protected if scope.sees(pk) or pk in scope.hidden}
    places = [stand.unit] if stand.unit else list(scope.managed)
    wide = scope.roles.is_coordinator and not stand.unit
    wide = wide or all(one in {tree.root, district_of(tree, one)} for one in places)
    outside = 0
    if stand.unit and not scope.everyone:
        outside = sum(not scope.sees(pk) for pk in keys.filter(person__protected=False))
        outside += len(protected - within)
    return {"utanfor": outside, "skyddade": len(within) if wide else None}
