"""What is announced of pages, and of what plays in them, as far as search has to know it."""

from collections.abc import Collection, Sequence
from typing import Any

from django.apps import AppConfig
from django.contrib.contenttypes.models import ContentType
from django.db.models.signals import post_migrate, post_save, pre_delete
from wagtail.models import Page, ReferenceIndex
from wagtail.signals import page_published, page_unpublished, post_page_move

from courses.h5p.store.models import H5PContent
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


def content_saved(
    *, instance: H5PContent, created: bool, update_fields: Collection[str] | None, **_announced: Any
) -> None:
    """What plays may be called something else; lessons that show it are found by its name.

    One query for a content that stands in no lesson.
    """
    if created or (update_fields is not None and "title" not in update_fields):
        return
    shown = ReferenceIndex.get_references_to(instance).filter(
        base_content_type=ContentType.objects.get_for_model(Page)
    )
    pages = {int(key) for key in shown.values_list("object_id", flat=True)}
    for page in Page.objects.filter(pk__in=pages).live().specific() if pages else ():
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
    post_save.connect(content_saved, sender=H5PContent, dispatch_uid=name)
    post_migrate.connect(migrated, sender=app, dispatch_uid=name)
