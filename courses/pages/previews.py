"""Previews in the editor: on a phone, at a desk, on paper; and the way through them."""

from urllib.parse import urlencode

from django.utils.translation import gettext_lazy as _

PAPER_WIDTH = 794  # A4 at 96 dots an inch
# What a printed page is shown by; static/js/admin/print-preview.js turns its styles on.
PRINT = "print"


class Previewed:
    """Of a page type: the sizes the editor offers."""

    preview_sizes = [
        {
            "name": "mobile",
            "icon": "mobile-alt",
            "device_width": 390,
            "label": _("Preview as on a phone"),
        },
        {
            "name": "desktop",
            "icon": "desktop",
            "device_width": 1280,
            "label": _("Preview as at a desk"),
        },
        {
            "name": PRINT,
            "icon": "doc-full",
            "device_width": PAPER_WIDTH,
            "label": _("Preview as printed"),
        },
    ]


def previewed_steps(number: int, of: int, *, in_panel: bool) -> dict[str, str]:
    """The addresses of the screens before and after one, as previews of the same draft."""

    def address(screen: int) -> str:
        if not 1 <= screen <= of:
            return ""
        panel = {"in_preview_panel": "true"} if in_panel else {}
        return "?" + urlencode(panel | {"mode": screen})

    return {"previous_url": address(number - 1), "next_url": address(number + 1)}
