"""Finds the page of an address in one query, where Wagtail would walk to it with two a level."""

import json
from collections.abc import Mapping
from functools import lru_cache
from itertools import pairwise
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, QuerySet, Subquery
from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils.translation import get_language
from wagtail import views
from wagtail.models import Locale, Page, PageViewRestriction, Site
from wagtail.url_routing import RouteResult

from courses.pages.models import LessonPage
from courses.pages.sourced import Sourced
from courses.pages.translated import SOURCE
from courses.sources.models import SourcesEdition
from foundation.prepared import Prepared

# What a page must know to be shown, or to be the parent of the one that is. What else is asked of
# it is read then.
OF_EVERY_PAGE = (
    *("id", "path", "depth", "numchild", "title", "slug", "live", "url_path"),
    *("content_type_id", "translation_key", "locale_id", "alias_of_id"),
)
OF_TYPES: Mapping[type[Page], tuple[str, ...]] = {
    LessonPage: ("objective", "minutes", "body", "sources", "untranslated"),
}
# As the text they are kept as: the same words are taken apart once a process.
STREAMS = frozenset({"lessonpage__body", "lessonpage__sources", "lessonpage__untranslated"})
COLUMNS = (
    *OF_EVERY_PAGE,
    *(f"{model._meta.model_name}__{name}" for model, names in OF_TYPES.items() for name in names),
    "sites_rooted_here__is_default_site",
    "alias_of__translation_key",
    "other_sites",
    "restricted",
    "edition",
    "locale__language_code",
)

Row = dict[str, Any]


def serve(request: HttpRequest, path: str) -> HttpResponseBase:
    """Wagtail's own view, told beforehand where the page is."""
    found = _found(request, path)
    if found is not None:
        request._wagtail_route_for_request = found  # type: ignore[attr-defined]
    response: HttpResponseBase = views.serve(request, path)
    return response


def _found(request: HttpRequest, path: str) -> RouteResult | None:
    """Page and arguments; None where the address is for Wagtail to judge.

    That is: several sites, page types with addresses of their own above others, and whatever does
    not exist. The database is asked every time, so that no change is seen late.

    A page has one address in every language: what is published in the reader's is shown, else the
    source.
    """
    roots = Site.get_site_root_paths()
    if len({root.site_id for root in roots}) != 1:
        return None
    wanted = [slug for slug in path.split("/") if slug]
    root_of = {root.language_code: root.root_path for root in roots}
    read = get_language()
    trees = [root_of[one] for one in dict.fromkeys((read, SOURCE)) if one in root_of]
    known = _rows(trees, wanted)
    site = known.get(root_of.get(SOURCE, ""))
    if not site or not site["sites_rooted_here__is_default_site"] or site["other_sites"]:
        return None
    depth = len(_way(trees[-1], wanted, known))
    for tree in trees:
        rows = _way(tree, wanted, known)
        is_source = tree == trees[-1]
        if is_source or (len(rows) == depth and all(row["live"] for row in rows)):
            found = _routed(request, rows, wanted, roots)
            if found or is_source:
                return found
    return None


def _way(tree: str, wanted: list[str], known: Mapping[str, Row]) -> list[Row]:
    """A tree's root and the pages below it that the address names, as far as there are any."""
    rows, address = [], tree
    for slug in (*wanted, ""):
        if address not in known:
            break
        rows.append(known[address])
        address = f"{address}{slug}/"
    return rows


def _routed(
    request: HttpRequest, rows: list[Row], wanted: list[str], roots: list[Any]
) -> RouteResult | None:
    *above, shown = rows
    types = [_type(row) for row in above]
    if any(model.route is not Page.route for model in types):
        return None
    # The root is nobody's way back: who asks for it all the same has it read then.
    pages = [_page(row, model) for row, model in zip(above, types, strict=True) if row["depth"] > 2]
    page = _shown(shown)
    for parent, below in pairwise([*pages, page]):
        below._cached_parent_obj = parent
    for one in (*pages, page):
        # Where Wagtail keeps them for the page's address; else each asks the cache once more.
        one._wagtail_cached_site_root_paths = roots
    page.known_unrestricted = not shown["restricted"]
    if isinstance(page, Sourced):
        page.sources_edition = shown["edition"]
    page.known_original_key = shown["alias_of__translation_key"]
    try:
        return page.route(request, wanted[len(above) :])
    except Http404:
        return None


def _pages(*given: str) -> "QuerySet[Page, tuple[Any, ...]]":
    """Pages at one of some addresses; the names they end with follow, because those have an index.

    Every reader of a lesson asks.
    """
    half = len(given) // 2
    found: QuerySet[Page, tuple[Any, ...]] = (
        Page.objects.filter(slug__in=given[half:], url_path__in=given[:half])
        .order_by()
        .annotate(
            other_sites=Exists(Site.objects.filter(is_default_site=False)),
            restricted=Exists(PageViewRestriction.objects.all()),
            edition=Subquery(SourcesEdition.objects.order_by("pk").values("token")[:1]),
        )
        .values_list(*COLUMNS)
    )
    return found


_PAGES = Prepared(_pages, unread=STREAMS)


@lru_cache(maxsize=200)
def _parsed(text: str) -> Any:
    """A stream as it is stored. It is only read: whoever edits a page has read it elsewhere."""
    return json.loads(text)


def _rows(trees: list[str], wanted: list[str]) -> dict[str, Row]:
    """The roots of some trees and the pages the address names below them, by their addresses."""
    addresses, names = [], []
    for tree in trees:
        below = [tree]
        for slug in wanted:
            below.append(f"{below[-1]}{slug}/")
        addresses += below
        names += [tree.strip("/").rpartition("/")[2] or "root", *wanted]
    found = [dict(zip(COLUMNS, row, strict=True)) for row in _PAGES.rows(*addresses, *names)]
    return {row["url_path"]: row for row in found}


def _type(row: Row) -> type[Page]:
    model = ContentType.objects.get_for_id(row["content_type_id"]).model_class()
    assert model is not None
    return model


def _page(row: Row, model: type[Page]) -> Any:
    known: Row = {name: row[name] for name in OF_EVERY_PAGE} | {"page_ptr_id": row["id"]}
    for name in OF_TYPES.get(model, ()):
        column = f"{model._meta.model_name}__{name}"
        kept = row[column]
        known[name] = _parsed(kept) if column in STREAMS and kept is not None else kept
    names = [field.attname for field in model._meta.concrete_fields if field.attname in known]
    page = model.from_db("default", names, [known[name] for name in names])
    page.locale = _locale(row["locale_id"], row["locale__language_code"])
    return page


@lru_cache(maxsize=20)
def _locale(pk: int, language: str) -> Locale:
    return Locale(pk=pk, language_code=language)


def _shown(row: Row) -> Any:
    """The page itself; in whole, unless it is of a type whose rows say all it shows."""
    model = _type(row)
    if model is LessonPage:
        return _page(row, model)
    page = model._default_manager.get(pk=row["id"])
    page.locale = _locale(row["locale_id"], row["locale__language_code"])
    return page
