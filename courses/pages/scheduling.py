"""Pages and bank items that are to be published, or taken down, at a certain time."""

import logging
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import transaction
from wagtail.models import DraftStateMixin, Page, Revision

log = logging.getLogger(__name__)


def publish_due(*, now: datetime) -> int:
    """Take down what has expired, publish what was scheduled; gives how many changed.

    Each in a transaction of its own, held by its row: run twice, or by two workers at once, it does
    nothing more. What can't be published stays scheduled, and keeps nothing else waiting.
    """
    changed = sum(_take_down(model, pk, now) for model, pk in _expired(now))
    due = Revision.objects.filter(approved_go_live_at__lte=now).order_by("approved_go_live_at")
    return changed + sum(_publish(pk, now) for pk in list(due.values_list("pk", flat=True)))


def _expired(now: datetime) -> Iterator[tuple[Any, Any]]:
    kinds = [Page]
    for model in apps.get_models():
        if issubclass(model, DraftStateMixin) and not issubclass(model, Page):
            kinds.append(model)
    for model in kinds:
        expired = model._default_manager.filter(live=True, expire_at__lte=now)
        for pk in list(expired.order_by("expire_at").values_list("pk", flat=True)):
            yield model, pk


@transaction.atomic
def _take_down(model: Any, pk: Any, now: datetime) -> bool:
    found = model._default_manager.select_for_update().filter(pk=pk, live=True, expire_at__lte=now)
    item = found.first()
    if item is None:
        return False
    item.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")
    return True


def _publish(pk: int, now: datetime) -> bool:
    try:
        with transaction.atomic():
            held = Revision.objects.select_for_update()
            revision = held.filter(pk=pk, approved_go_live_at__lte=now).first()
            if revision is None:
                return False
            revision.publish(log_action="wagtail.publish.scheduled")
    except ValidationError:
        # What it says quotes the content: the editor tells it to who opens the page.
        log.warning("Revision %d was due and could not be published", pk)
        return False
    return True
