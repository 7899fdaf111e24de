"""Content that readers meet is changed by whoever may publish where they meet it: in words."""

from collections.abc import Collection

from django.contrib.auth.models import Group
from django.utils.translation import gettext as _
from wagtail.models import Page

from courses.h5p.store.models import H5PContent
from courses.h5p.store.rules import not_theirs
from tracking.organisation.models import User

MOST_NAMED = 5


def not_theirs_of(content: H5PContent | None, user: User) -> str:
    """Why this person can't change a content, in words; "" where they can."""
    pages = not_theirs(user, content) if content is not None else []
    return not_theirs_in_words(pages) if pages else ""


def not_theirs_in_words(pages: Collection[Page]) -> str:
    """Which pages, who may publish them, and what one can do instead."""
    named = [f"“{page.get_admin_display_title()}”" for page in pages][:MOST_NAMED]
    more = len(pages) - len(named)
    if more:
        named.append(_("and %(count)d more") % {"count": more})
    said = _(
        "Readers meet this content on pages that you may not publish: %(pages)s. So you can't "
        "change what they meet there. Ask somebody who may publish them (%(who)s), or upload the "
        "package as new content, put that into a draft of the page, and send the draft for review."
    )
    return said % {"pages": ", ".join(named), "who": ", ".join(_publishers(pages))}


def _publishers(pages: Collection[Page]) -> list[str]:
    """The groups that may publish all of them; the administrator where none may."""
    groups = Group.objects.order_by("name")
    for page in pages:
        above = page.get_ancestors(inclusive=True)
        groups = groups.filter(
            pk__in=Group.objects.filter(
                page_permissions__permission__codename="publish_page",
                page_permissions__page__in=above,
            )
        )
    return list(groups.values_list("name", flat=True)) or [_("the administrator")]
