"""Sources and laws in the Wagtail admin; the app's wagtail_hooks registers them."""

from collections.abc import Sequence

from django.contrib import messages
from django.contrib.admin.utils import quote
from django.db.models import Model
from django.http import HttpRequest, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.models import ReferenceIndex
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from courses.sources.models import LegalReference, Source
from courses.sources.rich_text import register_citation
from courses.sources.urls import urlpatterns


class SourceViewSet(SnippetViewSet):
    """Documents, web pages and reports that courses rest on."""

    model = Source
    icon = "doc-full"
    menu_label = _("Sources")
    list_display = ["title", "key", "publisher", "year", "checked_on"]
    list_filter = ["publisher"]
    search_fields = ["key", "title", "publisher", "number"]
    ordering = ["title"]


class LegalReferenceViewSet(SnippetViewSet):
    """Acts and their paragraphs, old and new."""

    model = LegalReference
    icon = "list-ul"
    menu_label = _("Laws")
    list_display = ["act", "number", "paragraph", "topic", "valid_from", "valid_to", "key"]
    list_filter = ["act", "paragraph_known"]
    search_fields = ["key", "act", "number", "paragraph", "topic"]
    ordering = ["act", "-number", "key"]


class SourcesViewSetGroup(SnippetViewSetGroup):
    """The menu's entry for what courses rest on."""

    items = (SourceViewSet, LegalReferenceViewSet)
    menu_label = _("Sources")
    menu_icon = "doc-full"
    menu_order = 210


def keep_what_is_cited(
    request: HttpRequest, instances: Sequence[Model]
) -> HttpResponseRedirect | None:
    """What a text cites, or another law was replaced by, is not deleted."""
    for one in instances:
        if isinstance(one, Source | LegalReference):
            used = ReferenceIndex.get_references_to(one).exists()
            if used:
                said = gettext("%(key)s is cited and can't be deleted. Here is where.")
                messages.error(request, said % {"key": one.key})
                viewset = one.snippet_viewset
                return redirect(viewset.get_url_name("usage"), quote(one.pk))
    return None


def register() -> None:
    """Tell Wagtail; called once."""
    register_snippet(SourcesViewSetGroup)
    hooks.register("before_delete_snippet", keep_what_is_cited)
    hooks.register("register_rich_text_features", register_citation)
    hooks.register("register_admin_urls", lambda: urlpatterns)
