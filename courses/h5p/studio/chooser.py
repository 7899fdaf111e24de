"""Choosing H5P content in the editor, or uploading it there."""

from typing import Any, cast

from django import forms
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic.chooser import (
    ChooseResultsView,
    ChooseView,
    CreateView,
)
from wagtail.admin.viewsets.chooser import ChooserViewSet

from courses.h5p.store.kinds import kind_in_words, kinds_called
from courses.h5p.store.models import H5PContent
from courses.h5p.studio.forms import ChooserUploadForm
from courses.h5p.studio.receiving import receive
from courses.h5p.studio.standing import standing_of
from tracking.organisation.models import User

UPLOAD_TAB = "h5p/studio/chooser_upload.html"


class ContentSearchForm(BaseFilterForm):
    """By title, file name or type."""

    q = forms.CharField(label=_("Title, file or type"), required=False, max_length=200)

    def filter(self, objects: QuerySet[H5PContent]) -> QuerySet[H5PContent]:
        """Those that every word is found in."""
        words = self.cleaned_data.get("q", "").split()
        for word in words:
            objects = objects.filter(said(word))
        if words:
            self.is_searching, self.search_query = True, " ".join(words)
        found: QuerySet[H5PContent] = super().filter(objects)
        return found


def said(word: str) -> Q:
    """The contents that a word is found in: the title, the file's name, the type."""
    kind = Q()
    for name in kinds_called(word):
        kind |= Q(current__main_library__startswith=f"{name} ")
    return (
        Q(title__icontains=word)
        | Q(current__file_name__icontains=word)
        | Q(current__main_library__icontains=word)
        | kind
    )


def _kind(content: H5PContent) -> str:
    return kind_in_words(content.current.main_library) if content.current else ""


def _state(content: H5PContent) -> str:
    return standing_of(content.current).label


class _Listed:
    """What the list in the window says."""

    filter_form_class: Any = ContentSearchForm

    def get_object_list(self) -> QuerySet[H5PContent]:
        """With the versions."""
        return H5PContent.objects.select_related("current")

    @property
    def columns(self) -> list[Column]:
        """Title, type and state."""
        columns: list[Column] = super().columns  # type: ignore[misc]
        return [
            *columns,
            Column("kind", label=_("Type"), accessor=_kind),
            Column("state", label=_("State"), accessor=_state),
        ]


class ContentChooseView(_Listed, ChooseView):
    """The window as it opens."""

    creation_form_template_name = UPLOAD_TAB


class ContentChooseResultsView(_Listed, ChooseResultsView):
    """What is found as one types."""


class ContentCreateView(CreateView):
    """A package that is uploaded where it is to be used."""

    creation_form_template_name = UPLOAD_TAB

    def post(self, request: HttpRequest) -> HttpResponse:
        """Taken and chosen; or refused beside the field, with what is wrong."""
        self.form = self.get_creation_form()
        if self.form.is_valid():
            assert isinstance(request.user, User)  # who may add content is signed in
            outcome = receive(
                file=self.form.cleaned_data["file"], actor=request.user, now=timezone.now()
            )
            if outcome.imported is not None:
                return cast(HttpResponse, self.get_chosen_response(outcome.imported.content))
            self.form.add_error("file", f"{outcome.file_name}: {outcome.refusal}")
        return cast(HttpResponse, self.get_reshow_creation_form_response())


class ContentChooserViewSet(ChooserViewSet):
    """Wagtail's chooser, with search and upload."""

    model = H5PContent
    icon = "h5p"
    choose_one_text = _("Choose H5P content")
    choose_another_text = _("Choose other H5P content")
    edit_item_text = _("Look at the content")
    choose_view_class = ContentChooseView
    choose_results_view_class = ContentChooseResultsView
    create_view_class = ContentCreateView
    creation_form_class = ChooserUploadForm
    search_tab_label = _("What is uploaded")
    creation_tab_label = _("Upload a package")
    create_action_label = _("Upload")
    create_action_clicked_label = _("Uploading and looking through…")
    per_page = 15
    register_widget = False


CHOOSER = ContentChooserViewSet("h5p_chooser", url_prefix="h5p/valj")
