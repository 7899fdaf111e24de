"""Walks every address somebody can reach, and reads everything an answer says."""

import io
import re
import zipfile
from collections import deque
from collections.abc import Iterable, Iterator
from html import unescape
from typing import NamedTuple
from urllib.parse import quote, urljoin, urlsplit

import pypdfium2
from django.http import HttpResponse
from django.test import Client

LINK = re.compile(r"""(?:href|src|action|data-[\w-]*url[\w-]*)\s*=\s*["']([^"']+)["']""", re.I)
# Would end the walk, or is the same for everybody.
LEFT_ALONE = ("/static/", "/logga-ut/", "/admin/logout/", "/admin/failwhale/", "/lamna/")


class Answer(NamedTuple):
    """What an address said: its headers and its whole content, as text."""

    address: str
    status: int
    text: str


def said_by(response: HttpResponse) -> str:
    """Headers and content; a workbook or an archive is opened, and every part of it read; of a PDF
    the text of its pages and what it says of itself.
    """
    content: bytes = (
        b"".join(response.streaming_content)  # type: ignore[arg-type]
        if response.streaming
        else response.content
    )
    headers = "\n".join(f"{name}: {value}" for name, value in response.headers.items())
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = [name.encode() + b"\n" + archive.read(name) for name in archive.namelist()]
        content = b"\n".join(parts)
    if content.startswith(b"%PDF-"):
        return f"{headers}\n{pdf_text(content)}"
    return f"{headers}\n{unescape(content.decode('utf-8', 'replace'))}"


def pdf_text(content: bytes) -> str:
    """All that a reader of the PDF can read or search for."""
    document = pypdfium2.PdfDocument(content)
    pages = [page.get_textpage().get_text_range() for page in document]
    return "\n".join([*map(str, document.get_metadata_dict().values()), *pages])


def without_what_differs(text: str, given: str) -> str:
    """What an answer says, but for what was asked for and what is new in every answer."""
    text = re.sub(r"nonce-[^']+|nonce=\"[^\"]+\"|csrfmiddlewaretoken[^>]+|Set-Cookie.*", "", text)
    return re.sub(r"X-Request-I[dD].*", "", text).replace(given, "").replace(quote(given), "")


def links_of(text: str, address: str) -> Iterator[str]:
    """Addresses of ours that a page leads to."""
    for found in LINK.findall(text):
        whole = urlsplit(urljoin(f"http://testserver{address}", found.strip()))
        if whole.netloc == "testserver" and not whole.path.startswith(LEFT_ALONE):
            yield whole.path + (f"?{whole.query}" if whole.query else "")


def walk(client: Client, starts: Iterable[str], *, most: int) -> Iterator[Answer]:
    """Every start, and up to `most` further addresses found on the way.

    Of addresses that differ only in what they sort and filter by, the first few are walked.
    """
    waiting = deque(dict.fromkeys(starts))
    known, seen_shapes, followed = set(waiting), dict[str, int](), 0
    while waiting:
        address = waiting.popleft()
        response = client.get(address)
        text = said_by(response)
        yield Answer(address, response.status_code, text)
        onwards = list(links_of(text, address))
        if "Location" in response.headers:
            onwards += links_of(f'href="{response.headers["Location"]}"', address)
        for found in onwards:
            shape = re.sub(r"=[^&]*", "", re.sub(r"\d+", "0", found))
            if found in known or followed >= most or seen_shapes.get(shape, 0) >= 3:
                continue
            known.add(found)
            seen_shapes[shape] = seen_shapes.get(shape, 0) + 1
            followed += 1
            waiting.append(found)
