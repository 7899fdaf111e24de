"""A certificate as a file its holder can take along: one A4 that a screen reader reads too."""

import io
import json
from datetime import datetime
from pathlib import Path

import segno
import typst
from django.utils.translation import get_language, gettext, ngettext

from foundation.components.dates import swedish_date
from foundation.documents.typeset import drawable
from foundation.intervals import STOCKHOLM
from tracking.ledger.models import Certificate, Course

TEMPLATE = Path(__file__).with_name("certificate.typ")


def certificate_pdf(
    certificate: Certificate, course: Course | None, *, address: str, now: datetime
) -> bytes:
    """PDF/A-2a and PDF/UA-1. `address`: the public page of the number, which the code leads to.

    Of somebody with protected information the name is never printed: there is a line to write it
    on (docs/adr/0043-what-a-certificate-says-of-its-holder.md).
    """
    completion, person = certificate.completion, certificate.completion.person
    name = "" if person.protected else person.full_name  # then there is a line to write it on
    title = gettext("Certificate")
    course_name = course.name if course else completion.course_code
    facts = [(gettext("Completed"), swedish_date(completion.on))]
    if course and course.minutes:
        minutes = ngettext("%(count)d minute", "%(count)d minutes", course.minutes)
        facts.append((gettext("Length"), minutes % {"count": course.minutes}))
    if course and course.provider:
        facts.append((gettext("Provider"), course.provider))
    facts.append((gettext("Made"), swedish_date(now.astimezone(STOCKHOLM).date())))
    document = {
        "lang": (get_language() or "sv")[:2],
        "kind": title,
        "title": drawable(f"{title}: {course_name}"),
        "name": drawable(name),
        "name_label": gettext("Name"),
        "lead": gettext("has completed"),
        "course": drawable(course_name),
        "facts": [[label, drawable(value)] for label, value in facts],
        "number_label": gettext("Number"),
        "number": certificate.written_number,
        "check": gettext("See whether it holds: scan the code, or write the number on"),
        "page": address.removeprefix("https://").removeprefix("http://").split("/intyg/")[0]
        + "/intyg/",
        "says": gettext("The page says the course, the day and whether it holds. Nothing else."),
        "address": address,
        "qr": _code(address),
        "qr_alt": gettext("QR code that leads to the page of this certificate's number"),
    }
    made: bytes = typst.compile(
        TEMPLATE.read_bytes(),
        format="pdf",
        sys_inputs={"data": json.dumps(document)},
        pdf_standards=["a-2a", "ua-1"],
        ignore_system_fonts=True,
        timestamp=int(now.timestamp()),
    )
    return made


def _code(address: str) -> str:
    drawn = io.BytesIO()
    segno.make(address, error="m", micro=False).save(drawn, kind="svg", border=0, xmldecl=False)
    return drawn.getvalue().decode()
