"""The picture a phone's camera reads: squares on white, in both themes, made here."""

from urllib.parse import quote, urlencode

import qrcode
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

QUIET = 4  # white squares round about: the standard's


def address(*, account: str, issuer: str, secret: str) -> str:
    """What the picture says, as apps for codes understand it."""
    query = urlencode({"secret": secret, "issuer": issuer}, quote_via=quote)
    return f"otpauth://totp/{quote(issuer)}:{quote(account)}?{query}"


def picture(text: str) -> SafeString:
    """An SVG of it, without any style of its own."""
    code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M, border=QUIET)
    code.add_data(text)
    rows = code.get_matrix()
    path = "".join(
        f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark
    )
    return format_html(
        '<svg class="qr" viewBox="0 0 {size} {size}" width="240" height="240" role="img" '
        'aria-label="{label}" shape-rendering="crispEdges"><rect width="{size}" height="{size}" '
        'fill="#fff"/><path fill="#000" d="{path}"/></svg>',
        size=len(rows),
        label=_("QR code for the app on your phone. The same stands in letters below."),
        path=path,
    )
