"""The listing of H5P content, with search and filter."""

from typing import Any, cast

import django_filters  # type: ignore[import-untyped]
from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, Exists, OuterRef, QuerySet
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.generic import IndexView
from wagtail.models import Page, ReferenceIndex
from wagtail.permission_policies import ModelPermissionPolicy

from courses.h5p.store.kinds import kind_in_words, machine_name_of
from courses.h5p.store.models import H5PContent, H5PVersion
from courses.h5p.studio.chooser import said
from courses.h5p.studio.queries import Row, contents, rows_of
from courses.h5p.studio.standing import LABELS, Code, standings
from tracking.organisation.models import User

USED = [("yes", _("On a saved page")), ("no", _("On no saved page"))]


STATES = [(code.value, LABELS[code]) for code in Code if code is not Code.EMPTY]


def _kinds() -> list[tuple[str, str]]:
    """The types that there are, in words."""
    named = H5PContent.objects.exclude(current=None).values_list("current__main_library", flat=True)
    names = {machine_name_of(one) for one in named.distinct()}
    return sorted(((name, kind_in_words(name)) for name in names), key=lambda one: one[1])


class ContentFilterSet(WagtailFilterSet):
    """By state, type and use."""

    state = django_filters.ChoiceFilter(label=_("State"), choices=STATES, method="of_state")
    kind = django_filters.ChoiceFilter(label=_("Type"), choices=_kinds, method="of_kind")
    used = django_filters.ChoiceFilter(label=_("Use"), choices=USED, method="by_use")

    class Meta:
        model = H5PContent
        fields: list[str] = []

    def of_state(
        self, queryset: QuerySet[H5PContent], _name: str, state: str
    ) -> QuerySet[H5PContent]:
        """Those whose latest version stands so, as the list says it."""
        versions = H5PVersion.objects.filter(pk__in=queryset.values("current"))
        stand = standings(versions)
        return queryset.filter(current__in=[pk for pk, one in stand.items() if one.code == state])

    def of_kind(
        self, queryset: QuerySet[H5PContent], _name: str, kind: str
    ) -> QuerySet[H5PContent]:
        """Those that a library of this name plays."""
        return queryset.filter(current__main_library__startswith=f"{kind} ")

    def by_use(self, queryset: QuerySet[H5PContent], _name: str, used: str) -> QuerySet[H5PContent]:
        """On a page as saved, or not."""
        there = ReferenceIndex.objects.filter(
            to_content_type=ContentType.objects.get_for_model(H5PContent),
            to_object_id=Cast(OuterRef("pk"), CharField()),
            base_content_type=ContentType.objects.get_for_model(Page),
        )
        shown = queryset.annotate(is_used=Exists(there))
        return shown.filter(is_used=used == "yes")


class RowColumn(Column):
    """A cell made of what is known of a content, by a template of its own."""

    def __init__(self, name: str, template: str, **kwargs: Any) -> None:
        super().__init__(name, **kwargs)
        self.cell_template_name = f"h5p/studio/cells/{template}.html"

    def get_cell_context_data(
        self, instance: H5PContent, parent_context: dict[str, Any]
    ) -> dict[str, Any]:
        """Adds `row`."""
        context: dict[str, Any] = super().get_cell_context_data(instance, parent_context)
        return context | {"row": instance.row}  # type: ignore[attr-defined]

    def get_value(self, instance: H5PContent) -> str:
        """Nothing of Wagtail's own."""
        return ""


class ContentIndexView(IndexView):
    """Everything that has been uploaded, newest first."""

    model = H5PContent
    page_title = _("H5P content")
    header_icon = "h5p"
    index_url_name = "h5p_contents"
    index_results_url_name = "h5p_contents_results"
    add_url_name = "h5p_upload"
    add_item_label = _("Upload packages")
    permission_policy = ModelPermissionPolicy(H5PContent)
    any_permission_required = ["add"]
    filterset_class = ContentFilterSet
    is_searchable = True
    paginate_by = 30
    results_template_name = "h5p/studio/listing.html"
    default_ordering = "-current__uploaded_at"
    columns = [
        TitleColumn(
            "title",
            label=_("Title"),
            get_url=lambda one: reverse("h5p_content", args=[one.public_id]),
            sort_key="title",
        ),
        RowColumn("kind", "kind", label=_("Type"), sort_key="current__main_library"),
        RowColumn("state", "state", label=_("State")),
        RowColumn(
            "version",
            "version",
            classname="h5p-wide",
            label=_("Version"),
            sort_key="current__uploaded_at",
        ),
        RowColumn("licence", "licence", classname="h5p-wide", label=_("Licence")),
        RowColumn("uses", "uses", classname="h5p-wide", label=_("Used on")),
        RowColumn("results", "results", classname="h5p-wide", label=_("Results")),
    ]

    def get_base_queryset(self) -> QuerySet[H5PContent]:
        """With their versions."""
        return contents()

    def search_queryset(self, queryset: QuerySet[H5PContent]) -> QuerySet[H5PContent]:
        """Every word in the title, the file's name or the type."""
        for word in (self.search_query or "").split():
            queryset = queryset.filter(said(word))
        return queryset

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """What is known of the contents on this page of the list."""
        context: dict[str, Any] = super().get_context_data(*args, **kwargs)
        listed = list(context["object_list"])
        rows: dict[int, Row] = rows_of(listed, cast(User, self.request.user))
        for one in listed:
            one.row = rows[one.pk]
        return context
