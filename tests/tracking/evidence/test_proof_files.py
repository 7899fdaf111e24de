"""Whatever is handed over, what is kept is pictures of our own making, or nothing."""

import io

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from tests.tracking.evidence import papers
from tracking.evidence.proof.files import LARGEST, FileRefused, drawn


def refused(content: bytes) -> str:
    with pytest.raises(FileRefused) as why:
        drawn(content)
    assert why.value.text
    return str(why.value)


def opened(page: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(page), formats=["JPEG"])
    image.load()
    return image


def test_a_photo_is_turned_and_says_nothing_of_where_or_by_what() -> None:
    [page] = drawn(papers.photo()).pages
    image = opened(page)
    assert image.size == (600, 800)
    assert dict(image.getexif()) == {}
    assert "comment" not in image.info
    assert b"anarie" not in page
    assert b"Exif" not in page


@pytest.mark.parametrize("make", [papers.png, papers.heic], ids=["png", "heic"])
def test_what_phones_make_is_taken(make: object) -> None:
    assert callable(make)
    [page] = drawn(make()).pages
    assert opened(page).format == "JPEG"


def test_every_page_of_a_pdf_is_a_picture() -> None:
    found = drawn(papers.pdf(3))
    assert [opened(page).mode for page in found.pages] == ["RGB"] * 3
    assert max(opened(found.pages[0]).size) > 800


def test_a_pdf_that_acts_is_only_drawn() -> None:
    content = papers.acting_pdf()
    for word in (b"/JavaScript", b"/EmbeddedFiles", b"/Launch"):
        assert word in content  # otherwise this shows nothing
    [page] = drawn(content).pages
    assert page.startswith(b"\xff\xd8\xff")
    for word in (b"/JavaScript", b"anarie", b"MZ\x90", b"%PDF"):
        assert word not in page


def test_what_hangs_on_behind_a_picture_is_gone() -> None:
    alone, followed = papers.png(), papers.png() + papers.HTML + b"PK\x03\x04"
    one, other = drawn(alone), drawn(followed)
    assert one.pages == other.pages
    assert one.sha256_kept == other.sha256_kept  # the same picture is known again
    assert one.sha256_uploaded != other.sha256_uploaded
    assert b"<script" not in other.pages[0]


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "empty"),
        (papers.SVG, "kind"),
        (papers.HTML, "kind"),
        (b"GIF89a" + bytes(100), "kind"),
        (b"MZ" + bytes(100), "kind"),
        (b"junk %PDF-1.7", "kind"),
        (b"\xff\xd8\xff" + papers.HTML, "broken"),
        (b"\x89PNG\r\n\x1a\n" + papers.SVG, "broken"),
        (b"%PDF-1.7\n" + papers.HTML, "broken"),
        (papers.png()[:-400], "broken"),
        (papers.bomb(), "bomb"),
        (papers.locked_pdf(), "encrypted"),
        (papers.pdf(11), "pages"),
        (b"\xff\xd8\xff" + bytes(LARGEST), "large"),
    ],
    ids=[
        "nothing",
        "svg",
        "html",
        "gif",
        "program",
        "pdf further in",
        "html as jpeg",
        "svg as png",
        "html as pdf",
        "cut off",
        "bomb",
        "locked",
        "many pages",
        "huge",
    ],
)
def test_what_is_not_taken(content: bytes, why: str) -> None:
    assert refused(content) == why


def test_a_page_as_wide_as_a_town_is_drawn_small() -> None:
    content = papers.wide_pdf()
    assert b"9e6" in content
    try:
        pages = drawn(content).pages
    except FileRefused as error:
        assert str(error) in {"broken", "bomb"}
    else:
        assert max(opened(pages[0]).size) <= 2_201


@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    head=st.sampled_from(
        [b"%PDF-1.7\n", b"\xff\xd8\xff\xe0", b"\x89PNG\r\n\x1a\n", b"\0\0\0\x18ftypheic"]
    ),
    tail=st.binary(max_size=2_000),
)
def test_noise_is_refused_and_never_an_error(head: bytes, tail: bytes) -> None:
    try:
        found = drawn(head + tail)
    except FileRefused:
        return
    for page in found.pages:
        opened(page)
