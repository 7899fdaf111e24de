"""Whether content that ends with its tasks has any, and shows the page that says so.

Each rule is its library's own, read in its scripts. What cannot be read is taken to end: it is
never finished by being opened alone.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any

from courses.h5p.results.reading import inside
from courses.h5p.store.kinds import machine_name_of

Parameters = Mapping[str, Any]

# What a film does not count as something to answer.
_NO_ANSWER = frozenset(
    {
        *("H5P.GoToQuestion", "H5P.Image", "H5P.IVHotspot", "H5P.Link"),
        *("H5P.Nil", "H5P.Table", "H5P.Text"),
    }
)
# What a presentation has scores of on its last slide; also what its editor does not offer, for
# packages are made by programs too.
_SCORED = frozenset(
    {
        *("H5P.AdvancedBlanks", "H5P.ArithmeticQuiz", "H5P.Blanks", "H5P.Crossword"),
        *("H5P.Dictation", "H5P.DragQuestion", "H5P.DragText", "H5P.Essay", "H5P.FindTheWords"),
        *("H5P.ImageHotspotQuestion", "H5P.ImageMultipleHotspotQuestion", "H5P.ImageSequencing"),
        *("H5P.InteractiveVideo", "H5P.MarkTheWords", "H5P.MultiChoice", "H5P.MultiMediaChoice"),
        *("H5P.QuestionSet", "H5P.SingleChoiceSet", "H5P.SortParagraphs", "H5P.SpeakTheWords"),
        *("H5P.SpeakTheWordsSet", "H5P.Summary", "H5P.TrueFalse"),
    }
)
# What a column waits for; those in it that tell by themselves whether they are tasks stand below.
_COLUMN_TASKS = frozenset(
    {
        *("H5P.Blanks", "H5P.DragQuestion", "H5P.DragText", "H5P.Essay"),
        *("H5P.ImageHotspotQuestion", "H5P.MarkTheWords", "H5P.MemoryGame", "H5P.MultiChoice"),
        *("H5P.MultiMediaChoice", "H5P.QuestionSet", "H5P.SingleChoiceSet", "H5P.Summary"),
        "H5P.TrueFalse",
    }
)


def _presentation_ends(parameters: Parameters, inner: Collection[str]) -> bool:
    """Its last slide reports the scores there are; it is there for written answers as well."""
    shown = not inside(parameters, "override", "hideSummarySlide")
    return not _SCORED.isdisjoint(inner) and (shown or "H5P.ExportableTextArea" in inner)


def _film_ends(parameters: Parameters, _inner: Collection[str]) -> bool:
    """Its end screen opens when something is answered; every film names a summary, most empty."""
    film = inside(parameters, "interactiveVideo")
    if not isinstance(film, dict):
        return True
    screens = inside(film, "assets", "endscreens")
    return isinstance(screens, list) and bool(screens) and (_asks(film) or _sums_up(film))


def _asks(film: Parameters) -> bool:
    interactions = inside(film, "assets", "interactions")
    listed = interactions if isinstance(interactions, list) else []
    names = (_name(inside(one, "action")) for one in listed)
    return any(name and name not in _NO_ANSWER for name in names)


def _sums_up(film: Parameters) -> bool:
    summaries = inside(film, "summary", "task", "params", "summaries")
    return isinstance(summaries, list) and bool(summaries) and bool(inside(summaries[0], "summary"))


def _column_ends(parameters: Parameters, _inner: Collection[str]) -> bool:
    content = parameters.get("content")
    if not isinstance(content, list):
        return True
    return any(_is_column_task(inside(one, "content")) for one in content)


def _book_ends(parameters: Parameters, _inner: Collection[str]) -> bool:
    if inside(parameters, "behaviour", "displaySummary") is False:
        return False
    chapters = parameters.get("chapters")
    if not isinstance(chapters, list):
        return True
    return any(_chapter_has_tasks(inside(chapter, "params")) for chapter in chapters)


def _chapter_has_tasks(column: object) -> bool:
    """As a column, and a row is taken to hold one, whatever is in it."""
    content = inside(column, "content")
    if not isinstance(content, list):
        return False
    parts = [inside(one, "content") for one in content]
    return any(
        _is_column_task(part) or inside(part, "metadata", "contentType") == "Row" for part in parts
    )


def _is_column_task(part: object) -> bool:
    name, parameters = _name(part), inside(part, "params")
    if name == "H5P.InteractiveVideo":
        # A film tells of its questions, not of its summary, which it adds too late; and the
        # answers within it are heard, so that an empty list of end screens is enough.
        film = inside(parameters, "interactiveVideo")
        return inside(film, "assets", "endscreens") is not None and _asks(film)
    if name == "H5P.CoursePresentation":
        shown = not inside(parameters, "override", "hideSummarySlide")
        return shown and not _SCORED.isdisjoint(_named(parameters))
    if name == "H5P.DocumentationTool":
        # It hands in on the page that exports.
        return "H5P.DocumentExportPage" in set(_named(parameters))
    return name in _COLUMN_TASKS


def _named(value: object) -> Iterator[str]:
    """The libraries of everything inside, however deep."""
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict):
            if name := _name(one):
                yield name
            waiting.extend(one.values())
        elif isinstance(one, list):
            waiting.extend(one)


def _name(part: object) -> str:
    library = inside(part, "library")
    return machine_name_of(library) if isinstance(library, str) else ""


# Of its parameters, and the machine names of all that is in it.
ENDS_WITH_TASKS: Mapping[str, Callable[[Parameters, Collection[str]], bool]] = {
    "H5P.Column": _column_ends,
    "H5P.CoursePresentation": _presentation_ends,
    "H5P.InteractiveBook": _book_ends,
    "H5P.InteractiveVideo": _film_ends,
}
