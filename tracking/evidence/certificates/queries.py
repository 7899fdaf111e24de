"""What a certificate says to whoever it is shown to."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from foundation.intervals import plus_months
from tracking.ledger.models import Certificate
from tracking.ledger.numbers import read_number
from tracking.ledger.queries import known_courses
from tracking.status.target_rows import target_row
from tracking.targets.models import Target


class Standing(StrEnum):
    """How a certificate stands on a day."""

    VALID = "giltigt"
    EXPIRED = "utgatt"
    WITHDRAWN = "aterkallat"


@dataclass(frozen=True, slots=True)
class Shown:
    """All there is to know of a certificate to somebody who has its number."""

    number: str
    course: str
    on: date
    standing: Standing
    valid_through: date | None  # None: without end


def looked_up(said: str, on: date) -> Shown | None:
    """The certificate with the number somebody wrote; None for one that is none.

    The same is asked of the database whether there is one or not, and so takes as long.
    """
    number = read_number(said)
    found = Certificate.objects.select_related("completion").filter(number=number or "").first()
    code = found.completion.course_code if found else ""
    names, months = known_courses([code]), longest_validity(code, on)
    if found is None:
        return None
    valid_through = plus_months(found.completion.on, months) if months else None
    course = names[code].name if code in names else code
    standing = _standing(found, valid_through, on)
    return Shown(found.written_number, course, found.completion.on, standing, valid_through)


def _standing(certificate: Certificate, valid_through: date | None, on: date) -> Standing:
    if certificate.revoked_at or certificate.completion.batch_out_id:
        return Standing.WITHDRAWN
    if valid_through and valid_through < on:
        return Standing.EXPIRED
    return Standing.VALID


def longest_validity(course_code: str, on: date) -> int | None:
    """For how many months the course counts where it counts longest (None: without end).

    Of all targets in force on the day that name it, whomever they are for: the answer is the same
    for everybody who took it that day, and tells nothing of who has to know what.
    """
    rows = [target_row(target) for target in Target.objects.known_now().on(on)]
    months = [row.validity_months for row in rows if course_code in row.course_codes]
    return None if not months or None in months else max(one for one in months if one)


def lately_revoked(limit: int) -> list[tuple[Certificate, str]]:
    """The certificates revoked last, each with its course's name."""
    found = Certificate.objects.filter(revoked_at__isnull=False)
    rows = list(
        found.select_related("completion", "revoked_by__person").order_by("-revoked_at")[:limit]
    )
    names = known_courses({row.completion.course_code for row in rows})
    return [
        (row, names[code].name if (code := row.completion.course_code) in names else code)
        for row in rows
    ]
