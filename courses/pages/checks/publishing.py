"""Nothing is published that lacks what nobody may be left without, whichever way it goes."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from wagtail.models import Page

from courses.pages.checks.page import PublishingRefused, refuse_what_blocks
from foundation.intervals import today


def before_publishing(_request: HttpRequest, page: Page) -> None:
    """The editor's button publishes without asking the page: it is asked here."""
    refuse_what_blocks(page.specific, on=today())


class TellWhatBlocks:
    """Middleware: publishing that was refused leads back to the editor, with links to the places.

    The button of the editor, a review's approval and the list's bulk action all meet it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Only what was refused for its content; everything else goes its way."""
        if not isinstance(error, PublishingRefused):
            return None
        editor = reverse("wagtailadmin_pages:edit", args=[error.page.pk])
        messages.error(request, said(error, editor))
        if request.headers.get("X-Requested-With") == "XMLHttpRequest":
            # A dialogue of the admin: its own step that reloads the page.
            answer: dict[str, Any] = {"step": "success", "redirect": editor}
            return JsonResponse(answer)
        return HttpResponseRedirect(editor, status=HTTPStatus.SEE_OTHER)


def said(error: PublishingRefused, editor: str) -> str:
    """What must be put right, each with the way there."""
    places = format_html_join(
        "",
        '<li><a href="{}{}" data-finding="{}">{}</a></li>',
        ((editor, one.fragment, one.path, _named(one.screen, one.says)) for one in error.findings),
    )
    title = _("“%(title)s” is not published yet. Put this right first:") % {
        "title": error.page.get_admin_display_title()
    }
    return format_html("{}<ul>{}</ul>", title, places)


def _named(screen: int, says: str) -> str:
    return f"{_('Screen %(number)d') % {'number': screen}}: {says}" if screen else says
