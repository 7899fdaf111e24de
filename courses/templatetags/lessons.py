"""What lesson pages say in their own way, and the support panel's text."""

from typing import Any, cast

from django import template
from django.conf import settings
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from wagtail.blocks.stream_block import StreamValue
from wagtail.rich_text import RichText, expand_db_html

from courses.pages.citations import linked
from courses.pages.models import CoursePage
from courses.pages.queries import languages_of, support_information
from courses.pages.rendering import content_html
from courses.pages.translated import Translated

register = template.Library()


@register.simple_tag(takes_context=True)
def cite(context: template.Context, value: object) -> SafeString:
    """`{% cite value %}`: text with its citations as numbers that lead to the sources.

    They are the page's `citations`; a block shown by itself, as in the editor's preview, has none.
    """
    citations = context.get("citations") or {}
    if isinstance(value, RichText):
        # Numbers first: Wagtail knows no citation of this screen.
        html: str = expand_db_html(linked(value.source, citations))
        return mark_safe(html)  # nosec B308 B703 (the editor keeps known elements only)
    return linked(escape(value), citations)


@register.simple_tag(takes_context=True)
def screen_content(context: template.Context, value: StreamValue) -> SafeString:
    """`{% screen_content value %}`: the blocks of a screen, one after the other."""
    return content_html(value, cast(dict[str, Any], context.flatten()))


@register.filter
def language_of(page: Translated, place: str) -> str:
    """`lang="{{ page|language_of:"title" }}"`: the language a part of the page stands in."""
    return page.language_of(place)


@register.simple_tag
def languages_of_course(page: CoursePage) -> list[tuple[str, str]]:
    """(code, its own name) of the languages a course is published in; empty where it is one."""
    codes = languages_of(page)
    names = dict(settings.LANGUAGES)
    return [(code, names[code]) for code in codes if code in names] if len(codes) > 1 else []


@register.filter
def under_the_screen(html: SafeString) -> SafeString:
    """A text's own headings stand right under the screen's, which is the page's first.

    The editor offers one level, and files and pages keep it as h3.
    """
    levels = html.replace("<h3", "<h2").replace("</h3>", "</h2>")
    return mark_safe(levels)  # nosec B308 B703 (safe as it came)


@register.filter
def chosen_label(bound_block: Any) -> str:
    """The words of what was chosen in a choice block."""
    labels = dict(bound_block.block.field.choices)
    return str(labels.get(bound_block.value, bound_block.value))


@register.simple_tag
def support_panel() -> dict[str, str] | None:
    """What an editor has written for the support panel: title and body (safe HTML), or None."""
    information = support_information()
    if information is None:
        return None
    # The editor keeps known elements only.
    title, text = information
    body = mark_safe(expand_db_html(text))  # nosec B308 B703
    return {"title": title, "body": body}
