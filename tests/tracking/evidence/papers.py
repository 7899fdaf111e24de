"""Certificates as people hand them in, and files that only look like them; made of parts here."""

import io
import struct
import zlib

from PIL import Image, ImageDraw
from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

GPS_INFO = 0x8825
MAKER = 0x010F


def paper(text: str = "Intyg", size: tuple[int, int] = (600, 800)) -> Image.Image:
    """A sheet with a line of text."""
    image = Image.new("RGB", size, "white")
    ImageDraw.Draw(image).text((40, 60), text, fill="black")
    return image


def saved(image: Image.Image, form: str, **how: object) -> bytes:
    file = io.BytesIO()
    image.save(file, form, **how)
    return file.getvalue()


def png(text: str = "Intyg") -> bytes:
    return saved(paper(text), "PNG")


def photo() -> bytes:
    """As a phone takes it: lying on its side, with where, when and by which camera."""
    exif = Image.Exif()
    exif[0x0112] = 6  # turn it a quarter
    exif[MAKER] = "KameraKanarie"
    exif.get_ifd(GPS_INFO)[2] = (59.0, 19.0, 45.0)
    return saved(paper(size=(800, 600)), "JPEG", exif=exif, comment=b"kommentarkanarie")


def heic() -> bytes:
    import pillow_heif

    file = io.BytesIO()
    pillow_heif.from_pillow(paper(size=(320, 240))).save(file)
    return file.getvalue()


def pdf(pages: int = 1, *, text: str = "Intyg") -> bytes:
    first, *rest = [paper(f"{text} {number}", (300, 400)) for number in range(pages)]
    return saved(first, "PDF", save_all=True, append_images=rest)


def acting_pdf() -> bytes:
    """A PDF that runs a script, starts a program and carries a file."""
    writer = PdfWriter(clone_from=io.BytesIO(pdf()))
    script, launch = DictionaryObject(), DictionaryObject()
    script[NameObject("/S")] = NameObject("/JavaScript")
    script[NameObject("/JS")] = TextStringObject("app.alert('skriptkanarie')")
    launch[NameObject("/S")] = NameObject("/Launch")
    launch[NameObject("/F")] = TextStringObject("kanarie.exe")
    script[NameObject("/Next")] = launch
    writer.root_object[NameObject("/OpenAction")] = script
    writer.add_attachment("kanarie.exe", b"MZ\x90\0")
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


def locked_pdf() -> bytes:
    writer = PdfWriter(clone_from=io.BytesIO(pdf()))
    writer.encrypt("hemligt", algorithm="RC4-128")
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def bomb(side: int = 30_000) -> bytes:
    """A PNG of a few kilobytes that says it is 900 megapixels."""
    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    body = zlib.compress(bytes(1_000_000), 9)
    return (
        b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", body) + _chunk(b"IEND", b"")
    )


def wide_pdf() -> bytes:
    """A PDF whose page says it is 300 metres wide."""
    return pdf().replace(b"/MediaBox [ 0 0 300.0 400.0 ]", b"/MediaBox [ 0 0 9e6 4e6 ]")


SVG = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"
HTML = b"<!doctype html><script>alert(1)</script>"
