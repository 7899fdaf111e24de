"""Citations in the rich text editor: kept in the database, opened in the editor, told as usage."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Model
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from draftjs_exporter.dom import DOM
from wagtail.admin.rich_text.converters.html_to_contentstate import (
    KEEP_WHITESPACE,
    InlineEntityElementHandler,
)
from wagtail.admin.rich_text.editors.draftail.features import EntityFeature
from wagtail.rich_text import LinkHandler
from wagtail.rich_text.feature_registry import FeatureRegistry

from courses.sources.marks import LINK_TYPE, Mark
from courses.sources.models import LegalReference, Source
from courses.sources.queries import SOURCE, current_library

FEATURE = "citation"
ENTITY = "CITATION"


class CitationLink(LinkHandler):
    """What Wagtail asks of a link of our kind."""

    identifier = LINK_TYPE

    @classmethod
    def expand_db_attributes(cls, attrs: dict[str, str]) -> str:  # noqa: ARG003
        """Lessons number their citations themselves; elsewhere nothing is shown."""
        return "<a>"

    @classmethod
    def extract_references(
        cls, attrs: dict[str, str]
    ) -> Iterator[tuple[type[Model], int, str, str]]:
        """The source, for "where is this used?" and for what may not be deleted."""
        cited = current_library().by_key.get(attrs.get("key", ""))
        if cited is not None:
            yield (Source if cited.kind == SOURCE else LegalReference), cited.pk, "", ""


class CitationElement(InlineEntityElementHandler):
    """From the database to the editor, which needs a text to stand on: the key."""

    mutability = "IMMUTABLE"

    def handle_starttag(self, name: str, attrs: Any, state: Any, contentstate: Any) -> None:
        super().handle_starttag(name, attrs, state, contentstate)
        state.current_block.text += dict(attrs).get("key") or "?"
        state.leading_whitespace = KEEP_WHITESPACE

    def get_attribute_data(self, attrs: dict[str, str]) -> dict[str, str]:
        return Mark(attrs.get("key") or "", attrs.get("place") or "")._asdict()


def citation_element(props: dict[str, Any]) -> Any:
    """From the editor to the database; the text it stood on is dropped."""
    said = {"linktype": LINK_TYPE, "key": props.get("key") or ""}
    if props.get("place"):
        said["place"] = props["place"]
    return DOM.create_element("a", said)


def register_citation(features: FeatureRegistry) -> None:
    """Make the feature known to Wagtail."""
    features.register_link_type(CitationLink)
    features.register_editor_plugin(
        "draftail",
        FEATURE,
        EntityFeature(
            {
                "type": ENTITY,
                "icon": "openquote",
                "description": _("Cite a source"),
                "attributes": ["key", "place"],
                "allowlist": {"data-key": True},
                "chooserUrls": {"citationChooser": reverse_lazy("cite")},
            },
            js=["js/admin/citation.js"],
            css={"all": ["css/admin/citation.css"]},
        ),
    )
    features.register_converter_rule(
        "contentstate",
        FEATURE,
        {
            "from_database_format": {
                f'a[linktype="{LINK_TYPE}"]': CitationElement(ENTITY),
            },
            "to_database_format": {"entity_decorators": {ENTITY: citation_element}},
        },
    )
