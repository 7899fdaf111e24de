"""The forms a document is written in: one file each, registered here."""

from foundation.documents.forms import csv, docx, pdf, xlsx
from foundation.documents.forms.base import Form

FORMS: dict[str, Form] = {one.code: one for one in (xlsx.FORM, csv.FORM, pdf.FORM, docx.FORM)}
