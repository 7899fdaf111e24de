"""An answer as it is sent: JSON or CSV, with its stand, its next page and its ETag."""

import hashlib
import io
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.utils.http import parse_etags, quote_etag

from foundation.formats import Cell, file_name, write_csv
from tracking.api.bearer import Reader
from tracking.api.stand import Stand
from tracking.api.tables import Page

JSON, CSV = "application/json", "text/csv; charset=utf-8"
# Part of every ETag: counted up when the same facts are answered otherwise than before.
FORM = 1
# A copy may be kept by who fetched it, and is asked about each time; of people none is kept.
KEPT = {True: "private, no-store", False: "private, no-cache"}


@dataclass(frozen=True)
class Answer:
    """One address: how its rows are found, and what its rights come to."""

    table: str
    rows: Callable[[Reader, Stand], Page]
    # What of the reader's rights the rows hang on, cheaply; None: hash the rows themselves.
    rights: Callable[[Reader, Stand], str] | None = None
    names_people: bool = False


def answered(
    request: HttpRequest,
    answer: Answer,
    stand: Stand,
    *,
    as_csv: bool,
    told: Callable[[Page], None] | None = None,
) -> HttpResponse:
    """The page of rows, or 304 when who asks has it already; `told` is called before it is sent.

    An ETag changes exactly when the day, the last batch known, what was asked for or the rights
    behind it do. Where they can be told cheaply, no row is read for a 304.
    """
    reader: Reader = request.auth  # type: ignore[attr-defined]
    page, content = None, b""
    if answer.rights is None:
        page = answer.rows(reader, stand)
        content = _written(request, page, stand, as_csv=as_csv)
        tag = _tag(content)
    else:
        rights = answer.rights(reader, stand)
        address = request.build_absolute_uri("/")
        tag = _tag(repr((FORM, stand, rights, as_csv, address)).encode("utf-8", "replace"))
    headers = {
        "ETag": tag,
        "Cache-Control": KEPT[answer.names_people],
        "Vary": "Authorization, Accept, Accept-Language",
        "Stand-As-Of": stand.as_of.isoformat(),
        "Stand-Batch": str(stand.batch),
        "Stand-Known-Through": str(stand.words()["known_through"] or ""),
    }
    if _is_known(request, tag):
        return HttpResponse(status=HTTPStatus.NOT_MODIFIED, headers=headers)
    if page is None:
        page = answer.rows(reader, stand)
        content = _written(request, page, stand, as_csv=as_csv)
    if told:
        told(page)
    if page.onwards:
        headers["Link"] = f'<{_next(request, stand, page)}>; rel="next"'
    headers |= {
        f"Rows-{name.capitalize()}": str(count)
        for name, count in page.left_out.items()
        if count is not None
    }
    if as_csv:
        name = file_name(f"{answer.table}-{stand.as_of:%Y-%m-%d}", "csv")
        headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return HttpResponse(content, content_type=CSV if as_csv else JSON, headers=headers)


def wants_csv(request: HttpRequest) -> bool:
    """Whether CSV is asked for rather than JSON, which is what is sent otherwise."""
    return request.get_preferred_type([JSON, "text/csv"]) == "text/csv"


def _written(request: HttpRequest, page: Page, stand: Stand, *, as_csv: bool) -> bytes:
    if as_csv:
        text = io.StringIO(newline="")
        write_csv(text, page.header, page.rows)
        return text.getvalue().encode("utf-8-sig")
    onwards = _next(request, stand, page) if page.onwards else None
    body: dict[str, Any] = {
        "stand": stand.words(),
        **page.left_out,
        "rows": [dict(zip(page.header, map(_plain, row), strict=True)) for row in page.rows],
        "next": onwards,
        "next_cursor": stand.onwards(page.onwards) if page.onwards else None,
    }
    return json.dumps(body, ensure_ascii=False).encode("utf-8", "replace")


def _next(request: HttpRequest, stand: Stand, page: Page) -> str:
    query = urlencode({"cursor": stand.onwards(page.onwards)})
    return request.build_absolute_uri(f"{request.path}?{query}")


def _plain(value: Cell) -> Cell:
    return value.isoformat() if isinstance(value, date) else value


def _tag(what: bytes) -> str:
    return quote_etag(hashlib.sha256(what).hexdigest()[:32])


def _is_known(request: HttpRequest, tag: str) -> bool:
    given = parse_etags(request.headers.get("If-None-Match", ""))
    return "*" in given or tag in {one.removeprefix("W/") for one in given}
