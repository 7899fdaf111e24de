"""What a person is told of their result: in words, and always as what the content reported."""

from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from courses.h5p.results.models import H5PResult
from courses.h5p.results.shares import percent_of


def shown(result: H5PResult | None) -> dict[str, Any]:
    """For the lesson page's script: figures, and the words to show them with."""
    if result is None:
        return {"shown": {"finished": False, "percent": None, "words": ""}}
    percent = None if result.share is None else percent_of(result.share)
    return {
        "shown": {
            "finished": result.is_finished,
            "percent": percent,
            "words": words_of(result),
        }
    }


def words_of(result: H5PResult) -> str:
    """“8 of 10 points (80 %), reported by the content”; "" where no points were reported."""
    if result.share is None or result.raw is None or result.maximum is None:
        return _("Finished") if result.is_finished else ""
    percent = percent_of(result.share)
    if result.maximum == 1:
        return _("%(percent)d %%, reported by the content") % {"percent": percent}
    return _("%(raw)s of %(max)s points (%(percent)d %%), reported by the content") % {
        "raw": _points(result.raw),
        "max": _points(result.maximum),
        "percent": percent,
    }


def _points(number: float) -> str:
    """As people write it: whole where it is whole, else with two decimals at most."""
    rounded = round(number, 2)
    return number_format(int(rounded) if rounded == int(rounded) else rounded)
