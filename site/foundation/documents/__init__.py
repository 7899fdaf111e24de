"""What a report is as a file, apart from its format."""

from foundation.documents.parts import (
    About,
    Cell,
    Column,
    Document,
    Drawing,
    Figure,
    Heading,
    Kind,
    Paragraph,
    Part,
    Table,
)
from foundation.documents.writing import FORMS, Form, form_of, write

__all__ = [
    "FORMS",
    "About",
    "Cell",
    "Column",
    "Document",
    "Drawing",
    "Figure",
    "Form",
    "Heading",
    "Kind",
    "Paragraph",
    "Part",
    "Table",
    "form_of",
    "write",
]
