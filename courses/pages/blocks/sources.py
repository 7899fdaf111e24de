"""What a page names as its sources."""

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.blocks import SnippetChooserBlock

from courses.sources.queries import LAW, SOURCE

# The names of the kinds are those of the library: a page's choice is found there without a query.
CHOSEN_SOURCES = [
    (SOURCE, SnippetChooserBlock("courses.Source", label=_("Source"), icon="doc-full")),
    (LAW, SnippetChooserBlock("courses.LegalReference", label=_("Law"), icon="list-ul")),
]
