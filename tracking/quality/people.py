"""People in the lists: how they are found, ordered and named."""

from typing import Any

from django.db.models import CharField, F, Value
from django.db.models.functions import Concat
from django.urls import reverse

from foundation.sorting import Folded, folded, in_swedish_order
from tracking.organisation.models import Person
from tracking.quality.finding import Cell


def person_cell(person: Person) -> Cell:
    """Somebody who is not protected, by name and HR's key, with the way to their page."""
    return Cell(
        person.full_name or person.person_id,
        second=person.person_id,
        url=reverse("reports:person", args=[person.public_id]),
    )


def by_name(rows: Any, words: str, path: str = "") -> Any:
    """Rows whose person has each of the words in their name or key, by last and first name.

    `path`: how the rows lead to the person, as "person__".
    """
    names = [F(f"{path}{field}") for field in ("first_name", "last_name", "person_id")]
    first, last, key = names
    whole = Concat(first, Value(" "), last, Value(" "), key, output_field=CharField())
    for word in words.casefold().split():
        rows = rows.alias(whole_name=Folded(whole)).filter(whole_name__contains=folded(word))
    return rows.order_by(*in_swedish_order(last), *in_swedish_order(first), "pk")
