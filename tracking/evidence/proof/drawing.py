"""Draws what was handed over anew, as pictures: run by itself, in a process with little power.

Nothing of the file itself is kept: pages of a PDF and photos alike come out as JPEG of our own
making, without scripts, attachments, actions, places or cameras' names. Run as a program it reads
the file from stdin, and writes a line of JSON and then the pictures, or says in a word why not. It
imports nothing of the platform: a fault in a decoder happens here, where nothing else is.
"""

import io
import json
import resource
import sys
import warnings
from typing import NoReturn

import pillow_heif
import pypdfium2
from PIL import Image, ImageFile, ImageOps

LONGEST_SIDE = 2200  # pixels: an A4 page read without effort, zoomed in too
MOST_PIXELS = 60_000_000  # the largest cameras of phones; more is a bomb
MOST_PAGES = 10
MEMORY = 1_500_000_000
SECONDS = 20
QUALITY = 82
POINTS_TO_PIXELS = 2.6  # about 190 dots an inch
WHITE = (255, 255, 255)
HEIF_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"mif1", b"msf1", b"hevc"}


class NotTaken(Exception):
    """Why the file is not taken, in a word that the form has a sentence for."""


def kind_of(content: bytes) -> str:
    """What the file is by how it begins, whatever it is called. Raises NotTaken."""
    if content.startswith(b"%PDF-"):
        return "PDF"
    if content.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if content[4:8] == b"ftyp" and content[8:12] in HEIF_BRANDS:
        return "HEIF"
    raise NotTaken("empty" if not content else "kind")


def drawn(content: bytes) -> list[bytes]:
    """The pages of the file as JPEG. Raises NotTaken."""
    kind = kind_of(content)
    pages = _of_pdf(content) if kind == "PDF" else [_of_image(content, kind)]
    return [_jpeg(page) for page in pages]


def _of_pdf(content: bytes) -> list[Image.Image]:
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        word = "encrypted" if "assword" in str(error) else "broken"
        raise NotTaken(word) from error
    if not 0 < len(document) <= MOST_PAGES:
        raise NotTaken("pages" if len(document) else "broken")
    pages = []
    for page in document:
        longest = max(*page.get_size(), 1)
        scale = min(POINTS_TO_PIXELS, LONGEST_SIDE / longest)
        pages.append(page.render(scale=scale, may_draw_forms=False).to_pil())
    return pages


def _of_image(content: bytes, kind: str) -> Image.Image:
    with Image.open(io.BytesIO(content), formats=[kind]) as image:
        if image.width * image.height > MOST_PIXELS:
            raise NotTaken("bomb")
        image.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
        image.load()
        turned = ImageOps.exif_transpose(image)
        turned.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
        return turned


def _jpeg(image: Image.Image) -> bytes:
    if image.mode in {"RGBA", "LA", "PA", "P"} or "transparency" in image.info:
        above = image.convert("RGBA")
        image = Image.new("RGB", above.size, WHITE)
        image.paste(above, mask=above.getchannel("A"))
    clean = Image.new("RGB", image.size, WHITE)
    clean.paste(image.convert("RGB"))  # the pixels, and nothing that came with them
    made = io.BytesIO()
    clean.save(made, "JPEG", quality=QUALITY, optimize=True)
    return made.getvalue()


def _confine() -> None:
    """From here on: little memory, little time, no file written."""
    for what, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        _soft, hard = resource.getrlimit(what)
        allowed = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(what, (allowed, allowed))


def main() -> NoReturn:
    """Draw stdin to stdout."""
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    pillow_heif.register_heif_opener(thumbnails=False)
    content = sys.stdin.buffer.read()
    _confine()
    try:
        pages = drawn(content)
    except NotTaken as refused:
        said: dict[str, object] = {"refused": str(refused)}
        pages = []
    except (Image.DecompressionBombError, Image.DecompressionBombWarning, MemoryError):
        said, pages = {"refused": "bomb"}, []
    except Exception:  # decoders fail in whatever way they like
        said, pages = {"refused": "broken"}, []
    else:
        said = {"pages": [len(page) for page in pages]}
    out = sys.stdout.buffer
    out.write(json.dumps(said).encode() + b"\n")
    for page in pages:
        out.write(page)
    out.flush()
    sys.exit(0)


if __name__ == "__main__":
    main()
