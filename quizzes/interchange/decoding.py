"""The characters of a text file, whoever's program wrote it."""

from django.utils.translation import gettext as _

from quizzes.interchange.source import FileRefused

_MARKED = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


def decoded(data: bytes) -> tuple[str, str]:
    """The text, and how it was encoded: as it is marked, else UTF-8, else Windows-1252."""
    marked = next((name for mark, name in _MARKED if data.startswith(mark)), "")
    for name in [marked] if marked else ["utf-8", "windows-1252"]:
        try:
            text = data.decode(name)
        except UnicodeDecodeError:
            continue
        if "\0" in text:
            break
        return text, name
    raise FileRefused(_("The file is not text in UTF-8, UTF-16 or Windows-1252."))
