"""What a published page says, as rows to search."""

from collections.abc import Iterator, Mapping
from html import unescape
from typing import Any

from django.utils.html import strip_tags
from wagtail import blocks
from wagtail.models import Page

from courses.pages.blocks.interactive import H5PChooserBlock
from courses.pages.models import CoursePage, LessonPage
from courses.search.models import SearchEntry
from courses.search.words import LANGUAGES, terms_in
from courses.sources.marks import CITATION

# Names by which the parts of a block call each other; nobody reads them.
CALLED = frozenset({"key", "id", "to", "start"})


def entries_of(page: Page) -> list[SearchEntry]:
    """The rows of a page; none for a page that is no course or lesson, or not published."""
    language = page.locale.language_code
    if not page.live or language not in LANGUAGES:
        return []
    if isinstance(page, CoursePage):
        return [_course(page, language)]
    if isinstance(page, LessonPage):
        return list(_screens(page, language))
    return []


def _course(page: CoursePage, language: str) -> SearchEntry:
    objectives = [child.value for child in page.objectives]
    text = "\n".join([page.summary, *objectives, page.audience])
    return _entry(page, page.pk, language, 0, heading=page.title, text=text)


def _screens(page: LessonPage, language: str) -> Iterator[SearchEntry]:
    course = page.get_parent().pk
    for number, screen in enumerate(page.body, start=1):
        text = "\n".join(_said(screen.block.child_blocks["content"], screen.value["content"]))
        if number == 1:
            text = f"{page.objective}\n{text}"
        yield _entry(
            page,
            course,
            language,
            number,
            heading=screen.value["heading"],
            text=text,
            # The lesson's own name leads to its first screen.
            beside=page.title if number == 1 else "",
        )


def _entry(
    page: Page,
    course: int,
    language: str,
    screen: int,
    *,
    heading: str,
    text: str,
    beside: str = "",
) -> SearchEntry:
    plain = CITATION.sub("", " ".join(text.split()))
    return SearchEntry(
        page=page,
        course_id=course,
        language=language,
        screen=screen,
        heading=heading[:255],
        text=plain,
        heading_terms=" ".join(terms_in(f"{heading} {beside}", language)),
        text_terms=" ".join(terms_in(plain, language)),
    )


def _said(block: blocks.Block, value: Any) -> Iterator[str]:
    """Every text that readers meet, in order; what they choose by or call things by is none."""
    if isinstance(block, blocks.StreamBlock):
        for child in value:
            yield from _said(child.block, child.value)
    elif isinstance(block, blocks.ListBlock):
        for item in value:
            yield from _said(block.child_block, item)
    elif isinstance(block, blocks.StructBlock):
        for name, child in block.child_blocks.items():
            if name not in CALLED and isinstance(value, Mapping):
                yield from _said(child, value.get(name))
    elif isinstance(block, blocks.RichTextBlock):
        # A list's items and paragraphs are words apart.
        html = CITATION.sub("", str(value.source if value else ""))
        yield unescape(strip_tags(html.replace("<", " <")))
    elif isinstance(block, blocks.CharBlock | blocks.TextBlock):
        yield str(value or "")
    elif isinstance(block, H5PChooserBlock) and value is not None:
        yield str(value.title)  # what plays says nothing before it is opened
