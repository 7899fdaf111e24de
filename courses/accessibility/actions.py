"""Writes: a report comes in, old ones go, the statement is published."""

import uuid
from collections import Counter
from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import transaction
from wagtail.models import Page

from courses.accessibility.models import AccessibilityReport, AccessibilityStatementPage
from foundation.outbox import put

ANNOUNCE = "courses.announce_accessibility_report"
KEPT_DAYS = 365  # the form says so
AN_HOUR_FROM_ONE = 5
"""So many an hour from one sender are taken as they are; more are held as suspected spam."""

HELD_AT_MOST = 500
ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # nothing that is mistaken for something else


@transaction.atomic
def report_shortcoming(
    *,
    token: uuid.UUID,
    page: str,
    text: str,
    contact: str,
    sender: str,
    by_machine: bool,
    now: datetime,
) -> AccessibilityReport:
    """Take in a report; the same `token` again is the same report.

    Nobody is ever refused, so nobody can be locked out by others: what looks like spam is held
    apart, and of those held, the sender with most loses the oldest when there are too many.
    """
    lately = AccessibilityReport.objects.filter(
        sender=sender, received_at__gt=now - timedelta(hours=1)
    )
    suspected = by_machine or lately.count() >= AN_HOUR_FROM_ONE
    report, created = AccessibilityReport.objects.get_or_create(
        token=token,
        defaults={
            "reference": reference_of(token),
            "received_at": now,
            "page": page,
            "text": text,
            "contact": contact,
            "sender": sender,
            "suspected": suspected,
        },
    )
    if created:
        _make_room(keep=report)
        forget_reports(now=now)
        if not suspected:
            put(ANNOUNCE, report=report.pk)
    return report


def reference_of(token: uuid.UUID) -> str:
    """What a report is called, in letters one can read out over the telephone."""
    rest, signs = token.int, ""
    for _place in range(8):
        rest, at = divmod(rest, len(ALPHABET))
        signs += ALPHABET[at]
    return f"T-{signs[:4]}-{signs[4:]}"


def _make_room(*, keep: AccessibilityReport) -> None:
    held = AccessibilityReport.objects.filter(suspected=True).exclude(pk=keep.pk)
    senders = list(held.order_by("received_at", "pk").values_list("sender", "pk"))
    while len(senders) >= HELD_AT_MOST:
        [(most, _count)] = Counter(sender for sender, _pk in senders).most_common(1)
        oldest = next(one for one in senders if one[0] == most)
        AccessibilityReport.objects.filter(pk=oldest[1]).delete()
        senders.remove(oldest)


@transaction.atomic
def forget_reports(*, now: datetime) -> int:
    """Take away what is older than the form promises, and after a day who sent it. How many."""
    yesterday = now - timedelta(days=1)
    AccessibilityReport.objects.filter(received_at__lt=yesterday).exclude(sender="").update(
        sender=""
    )
    old = AccessibilityReport.objects.filter(received_at__lt=now - timedelta(days=KEPT_DAYS))
    count, _by_model = old.delete()
    return count


@transaction.atomic
def publish_statement(*, below: Page, fields: Mapping[str, object]) -> AccessibilityStatementPage:
    """Make and publish the statement below the site's root; one that stands is left alone."""
    found: AccessibilityStatementPage | None = AccessibilityStatementPage.objects.first()
    if found:
        return found
    page = AccessibilityStatementPage(slug="tillganglighet", **fields)
    below.add_child(instance=page)
    page.save_revision().publish()
    page.refresh_from_db()
    return page
