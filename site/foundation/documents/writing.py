"""Writes a document in a form."""

from typing import IO

from foundation.documents.forms import FORMS
from foundation.documents.forms.base import Form
from foundation.documents.parts import Document

__all__ = ["FORMS", "Form", "form_of", "write"]


def form_of(code: str) -> Form | None:
    """The form of this code; None when there is none."""
    return FORMS.get(code)


def write(document: Document, form: str, file: IO[bytes]) -> None:
    """Write the document to `file` as `form`, a code of FORMS."""
    FORMS[form].write(document, file)
