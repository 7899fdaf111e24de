"""What Wagtail announces of pages, as far as search has to know it."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_delete
from wagtail.models import Page
from wagtail.signals import page_published, page_unpublished, post_page_move

from courses.search.actions import forget_page, index_page, rebuild


def published(*, instance: Page, **_announced: Any) -> None:
    """A page is readable, or says something else than before."""
    index_page(page=instance)


def unpublished(*, instance: Page, **_announced: Any) -> None:
    """A page was taken down, or is about to be deleted."""
    forget_page(page_id=instance.pk)


def moved(*, instance: Page, **_announced: Any) -> None:
    """A page has another place, and those below it too."""
    for page in instance.get_descendants(inclusive=True).specific():
        index_page(page=page)


def migrated(*, plan: Sequence[tuple[Any, bool]] = (), **_announced: Any) -> None:
    """The tables of search have just been made: what was published before them is found too.

    No plan is told of when the database was emptied (`flush`): nothing was made then.
    """
    made = any(
        (migration.app_label, migration.name.partition("_")[2]) == ("courses", "search")
        for migration, backwards in plan
        if not backwards
    )
    if made and Page.objects.filter(depth__gt=2, live=True).exists():
        rebuild()


def listen(app: AppConfig) -> None:
    """Hear all of it from now on."""
    name = "courses.search"
    page_published.connect(published, dispatch_uid=name)
    page_unpublished.connect(unpublished, dispatch_uid=name)
    pre_delete.connect(unpublished, sender=Page, dispatch_uid=name)
    post_page_move.connect(moved, dispatch_uid=name)
    post_migrate.connect(migrated, sender=app, dispatch_uid=name)
