"""Where contents are used: pages that point at them, as Wagtail's index and the drafts know."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.models import Page, ReferenceIndex

from courses.h5p.store.models import H5PContent
from courses.h5p.store.queries import pages_with
from tracking.organisation.models import User


@dataclass(frozen=True, slots=True)
class Use:
    """A page that has a content in it. `url`: "" for who may not edit the page."""

    title: str
    url: str
    is_live: bool


def uses_of(contents: Iterable[H5PContent], user: User) -> dict[int, list[Use]]:
    """The pages that show each content as saved, by its key. Two queries, and the admin's own."""
    uses: dict[int, list[Use]] = {one.pk: [] for one in contents}
    references = ReferenceIndex.objects.filter(
        to_content_type=ContentType.objects.get_for_model(H5PContent),
        to_object_id__in=[str(pk) for pk in uses],
        base_content_type=ContentType.objects.get_for_model(Page),
    )
    pairs = set(references.values_list("to_object_id", "object_id"))
    pages = Page.objects.in_bulk({int(page) for _content, page in pairs})
    said = _said(pages.values(), user)
    for content, page in pairs:
        if int(page) in said:
            uses[int(content)].append(said[int(page)])
    for found in uses.values():
        found.sort(key=lambda use: use.title.casefold())
    return uses


def uses_with_drafts(content: H5PContent, user: User) -> list[Use]:
    """The same of one content, its pages' unpublished drafts too."""
    return list(_said(pages_with(content), user).values())


def _said(pages: Iterable[Page], user: User) -> dict[int, Use]:
    finder = AdminURLFinder(user)
    return {
        page.pk: Use(
            page.get_admin_display_title(), finder.get_edit_url(page) or "", bool(page.live)
        )
        for page in pages
    }
