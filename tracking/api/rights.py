"""What the rows of an answer hang on beside day, knowledge and question, as a short text.

Two readers with the same text get the same rows, and a reader whose text has not changed has
lost and won nothing: it goes into the ETag.
"""

import hashlib
from array import array
from collections.abc import Iterable

from tracking.api.bearer import Reader
from tracking.api.stand import Stand
from tracking.organisation.models import Person
from tracking.organisation.queries import organisation_on


def of_figures(reader: Reader, stand: Stand) -> str:
    """The units of the day whose figures are the reader's to see. Of nobody."""
    roles = reader.units.roles
    if roles.is_coordinator or roles.is_auditor:
        return "every unit"
    tree = organisation_on(stand.as_of, stand.batch)
    seen = sorted(code for code in tree.units if reader.units.sees_figures_of(code))
    return hashlib.sha256("\n".join(seen).encode("utf-8", "replace")).hexdigest()


def of_people(reader: Reader, _stand: Stand) -> str:
    """Whom the reader may see; who is protected, and whose key has become a pseudonym."""
    scope = reader.people
    protected = Person.objects.filter(protected=True).values_list("pk", flat=True)
    forgotten = Person.objects.exclude(pseudonymised_on=None).count()
    parts = (
        str(scope.everyone),
        _hashed(scope.named),
        _hashed(scope.hidden),
        _hashed(protected),
        ",".join(sorted(scope.managed)),
        str(forgotten),
    )
    return "|".join(parts)


def _hashed(keys: Iterable[int]) -> str:
    return hashlib.sha256(array("q", sorted(keys)).tobytes()).hexdigest()
