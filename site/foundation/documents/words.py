"""How cells and what a document says of itself are put into words, for people."""

from datetime import datetime

from django.utils.translation import gettext

from foundation.components.dates import swedish_date
from foundation.components.numbers import number, percent
from foundation.documents.parts import About, Cell, Kind
from foundation.formats import cell_text
from foundation.intervals import STOCKHOLM


def local(moment: datetime) -> datetime:
    """The moment by the clocks of Stockholm, to the second."""
    return moment.astimezone(STOCKHOLM).replace(microsecond=0)


def moment_words(moment: datetime) -> str:
    """A moment as print has it."""
    return f"{swedish_date(local(moment).date())} {local(moment):%H:%M}"


def shown(value: Cell, kind: Kind) -> str:
    """The cell as it is read in print; nothing is nothing."""
    match value:
        case bool():
            words = gettext("yes") if value else gettext("no")
        case datetime():
            words = f"{local(value):%Y-%m-%d %H:%M}"
        case int() | float() if kind == "share":
            words = percent(value, 0 if isinstance(value, int) else 1)
        case int() | float() if kind == "number":
            words = number(value, 0 if isinstance(value, int) else 1)
        case _:
            words = cell_text(value)
    return words


def about_lines(about: About) -> list[tuple[str, str]]:
    """What the document is of, as label and value."""
    lines = []
    if about.as_of:
        lines.append((gettext("As of"), swedish_date(about.as_of)))
        known = moment_words(about.known_at) if about.known_at else gettext("everything known now")
        lines.append((gettext("Known at"), known))
    if about.made_at:
        lines.append((gettext("File made"), moment_words(about.made_at)))
    return lines + list(about.filters)
