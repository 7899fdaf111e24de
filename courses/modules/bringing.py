"""One page of the files into the tree: made, brought up to date, or left as it was edited here."""

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import models
from wagtail.blocks import StreamValue
from wagtail.models import Page

from courses.modules.markdown import BLOCK_KEY
from courses.modules.models import LoadedPage
from courses.modules.report import Fate
from courses.pages.citations import as_data

# Fields that pages got after the first of them had been loaded.
CAME_LATER = frozenset({"prepares_for", "reviewer", "sources", "summary_en"})


def bring(
    kind: type[Page],
    key: str,
    slug: str,
    fields: Mapping[str, Any],
    *,
    parent: Page,
    before: Page | None = None,
) -> tuple[Page | None, Fate]:
    """Create or update a page; `before` is the sibling that a new one comes after."""
    row = LoadedPage.objects.select_related("page").filter(key=key).first()
    if row is None:
        if Page.objects.child_of(parent).filter(slug=slug).exists():
            return None, Fate.TAKEN
        return _create(kind, key, slug, fields, parent, before), Fate.NEW
    if row.page is None:
        return None, Fate.REMOVED
    page = row.page.specific
    latest = page.get_latest_revision_as_object()
    if _digest(latest, fields) != row.digest:
        return page, Fate.KEPT
    for name, value in fields.items():
        setattr(latest, name, value)
    present = _digest(latest, fields)
    if present == row.digest:
        return page, Fate.UNCHANGED
    revision = latest.save_revision()
    if page.live:  # what a trainer has taken down stays down
        revision.publish()
    row.digest = present
    row.save(update_fields=["digest"])
    page.refresh_from_db()
    return page, Fate.UPDATED


def _create(
    kind: type[Page],
    key: str,
    slug: str,
    fields: Mapping[str, Any],
    parent: Page,
    before: Page | None,
) -> Page:
    page = kind(slug=slug, live=False, **fields)
    if before is not None and before.get_parent().pk == parent.pk:
        before.refresh_from_db()
        before.add_sibling(pos="right", instance=page)
    else:
        parent.refresh_from_db()
        parent.add_child(instance=page)
    page.save_revision().publish()
    page.refresh_from_db()
    LoadedPage.objects.create(key=key, page=page, digest=_digest(page, fields))
    return page


def _digest(page: Page, names: Mapping[str, Any]) -> str:
    """Fingerprint of what a page says in these fields; the editor's block names don't count.

    Fields that came later are left out where they are empty, so that the fingerprints from before
    them still fit.
    """
    values = {name: _plain(getattr(page, name)) for name in names}
    said = json.dumps(
        {name: value for name, value in values.items() if value or name not in CAME_LATER},
        sort_keys=True,
    )
    return hashlib.sha256(BLOCK_KEY.sub("", said.replace('\\"', '"')).encode()).hexdigest()


def _plain(value: Any) -> Any:
    if isinstance(value, StreamValue):
        return as_data(value)
    if isinstance(value, models.Model):
        return value.pk
    return value.isoformat() if isinstance(value, date) else value
