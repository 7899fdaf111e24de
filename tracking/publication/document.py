"""A publication as a file: always the same bytes, and nothing in it but what everybody may know."""

from django.utils.translation import gettext

from foundation.documents import About, Column, Document, Table
from tracking.publication.models import Publication
from tracking.publication.rule import WITHHELD


def document_of(publication: Publication) -> Document:
    """The publication, with what its bands and `..` mean."""
    closing = publication.closing
    period = closing.period
    table = Table(
        gettext("Published figures"),
        [
            Column("period", "code"),
            Column("enhet", "code"),
            Column("enhet_namn"),
            Column("mal", "code"),
            Column("mal_namn"),
            Column("andel"),
            Column("forklaring"),
        ],
        [
            [
                period.code,
                cell["enhet"],
                cell["enhet_namn"],
                cell["mal"],
                cell["mal_namn"],
                cell["andel"],
                meaning(cell["andel"]),
            ]
            for cell in publication.cells
        ],
    )
    about = About(
        gettext("Published figures, %(period)s") % {"period": period.code},
        str(period.get_kind_display()),
        closing.as_of,
        closing.known_at,
        publication.made_at,
        definitions=[
            ("andel", meaning("0–4 %")),
            (WITHHELD, meaning(WITHHELD)),
            (
                gettext("Committees"),
                gettext("The city's committees and district committees; never smaller units."),
            ),
            (
                gettext("Whole city"),
                gettext(
                    "Everybody counted once, also who works in two committees. Left out where any "
                    "committee is."
                ),
            ),
        ],
        notes=[
            gettext("The figures are made once, when the city has closed the period, and stay."),
            gettext("Numbers of people are never published."),
        ],
    )
    return Document(about, [table])


def meaning(words: str) -> str:
    """What stands in a cell, explained."""
    if words == WITHHELD:
        return gettext("Fewer than 20 people, or a figure that would tell of fewer than 20.")
    return gettext(
        "Share done of those who count, rounded down, in steps of five percentage points."
    )
