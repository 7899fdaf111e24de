"""A fingerprint of every figure on a day: what a restore is held against."""

import hashlib
from datetime import date
from itertools import chain
from typing import Any

from tracking.audit.queries import head, verify_chain
from tracking.exports.queries import summary_row
from tracking.exports.streams import status_stream, unit_summaries


def figures_on(day: date) -> dict[str, Any]:
    """Of the rows of `export_status` and `export_summary` as of `day`, as known now."""
    digest, count = hashlib.sha256(), 0
    statuses = status_stream(as_of=day, batch=None).rows()
    for row in chain(statuses, map(summary_row, unit_summaries(as_of=day, batch=None))):
        digest.update(repr(tuple(str(cell) for cell in row)).encode())
        count += 1
    return {"as_of": day.isoformat(), "rows": count, "sha256": digest.hexdigest()}


def audit_now() -> dict[str, Any]:
    """How long the audit log is, and its last hash; not whether it is whole."""
    number, last = head()
    return {"entries": number, "hash": last}


def audit_is_whole() -> bool:
    """Whether every entry of the audit log is as it was written."""
    return verify_chain().broken_at is None
