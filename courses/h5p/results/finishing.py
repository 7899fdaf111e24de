"""What finishes a content: the one table of statements that end it, by its main library.

Found by reading what each library's own scripts send. A statement counts when it is about the
content as a whole (courses.h5p.results.statements): a question set's own questions are not its end.
"""

import json
from collections.abc import Mapping

from courses.h5p.results.statements import Statement
from courses.h5p.results.tasks import ENDS_WITH_TASKS, Parameters
from courses.h5p.store.kinds import machine_name_of
from courses.h5p.store.models import H5PVersion
from courses.h5p.store.trees import read_file

Verbs = frozenset[str]
ANSWERED: Verbs = frozenset({"answered"})
COMPLETED: Verbs = frozenset({"completed"})
CONSUMED: Verbs = frozenset({"consumed", "consume"})
# Nothing is heard of its end: whoever has opened it has finished it.
NOTHING: Verbs = frozenset()
# A library that does not stand here: whatever a content of H5P may end with.
OTHERS: Verbs = ANSWERED | COMPLETED | CONSUMED

FINISHING: Mapping[str, Verbs] = {
    # Questions: each time it is checked.
    "H5P.ArithmeticQuiz": ANSWERED,
    "H5P.Blanks": ANSWERED,
    "H5P.Crossword": ANSWERED,
    "H5P.Dictation": ANSWERED,
    "H5P.DragQuestion": ANSWERED,
    "H5P.DragText": ANSWERED,
    # `passed`, `failed` and `mastered` come after it, without points.
    "H5P.Essay": ANSWERED,
    "H5P.FindTheWords": ANSWERED,
    "H5P.FreeTextQuestion": ANSWERED,
    # After its last card: `completed` until 1.5, `answered` since.
    "H5P.Flashcards": ANSWERED | COMPLETED,
    "H5P.ImageHotspotQuestion": ANSWERED,
    "H5P.ImageMultipleHotspotQuestion": ANSWERED,
    "H5P.ImageSequencing": ANSWERED,
    "H5P.MarkTheWords": ANSWERED,
    "H5P.MultiChoice": ANSWERED,
    "H5P.MultiMediaChoice": ANSWERED,
    "H5P.SortParagraphs": ANSWERED,
    "H5P.SpeakTheWords": ANSWERED,
    "H5P.StructureStrip": ANSWERED,
    "H5P.Summary": ANSWERED,
    "H5P.TrueFalse": ANSWERED,
    # What holds several things: when the last of them is done, or the results are handed in.
    "H5P.Agamotto": COMPLETED,
    "H5P.BranchingScenario": COMPLETED,
    "H5P.Column": COMPLETED,
    "H5P.CoursePresentation": COMPLETED,
    "H5P.DocumentationTool": COMPLETED,
    "H5P.GameMap": COMPLETED,
    "H5P.ImagePair": COMPLETED,
    "H5P.InteractiveBook": COMPLETED,
    "H5P.InteractiveVideo": COMPLETED,
    "H5P.MemoryGame": COMPLETED,
    "H5P.Questionnaire": COMPLETED,
    "H5P.QuestionSet": COMPLETED,
    "H5P.SingleChoiceSet": COMPLETED,
    "H5P.SpeakTheWordsSet": COMPLETED,
    # As soon as it is there.
    "H5P.Accordion": CONSUMED,
    "H5P.Collage": CONSUMED,
    # No word of an end; some say `interacted` on the way.
    "H5P.AdvancedText": NOTHING,
    "H5P.AdventCalendar": NOTHING,
    "H5P.Audio": NOTHING,
    "H5P.AudioRecorder": NOTHING,
    "H5P.Chart": NOTHING,
    "H5P.Cornell": NOTHING,
    "H5P.Dialogcards": NOTHING,
    "H5P.GuessTheAnswer": NOTHING,
    "H5P.IFrameEmbed": NOTHING,
    "H5P.Image": NOTHING,
    "H5P.ImageHotspots": NOTHING,
    "H5P.ImageJuxtaposition": NOTHING,
    "H5P.ImageSlider": NOTHING,
    "H5P.InfoWall": NOTHING,
    "H5P.KewArCode": NOTHING,
    "H5P.Link": NOTHING,
    "H5P.PersonalityQuiz": NOTHING,
    "H5P.Table": NOTHING,
    "H5P.Text": NOTHING,
    "H5P.ThreeImage": NOTHING,
    "H5P.Timeline": NOTHING,
    "H5P.TwitterUserFeed": NOTHING,
    "H5P.Video": NOTHING,
    # Our own.
    "Kompetens.BranchingConversation": COMPLETED,
    "Kompetens.MultipleChoice": ANSWERED,
}


def finishing_verbs(main_library: str) -> Verbs:
    """The verbs that end content of this main library; with or without its version."""
    return FINISHING.get(machine_name_of(main_library), OTHERS)


def is_known(main_library: str) -> bool:
    """Whether the table says what ends it; what ends any other is a guess, and may never come."""
    return machine_name_of(main_library) in FINISHING


def is_end(main_library: str, statement: Statement) -> bool:
    """Whether a statement says that the content as a whole is done."""
    return statement.is_top and statement.verb in finishing_verbs(main_library)


def is_finished_by_opening(version: H5PVersion) -> bool:
    """Whether nothing will be heard of the end of this version; its tree is read where it matters.

    A presentation, film, book or column says that it is done only when there is something to do in
    it, and when it shows its last slide, its end screen or its summary.
    """
    name = machine_name_of(version.main_library)
    if not finishing_verbs(name):
        return True
    ends = ENDS_WITH_TASKS.get(name)
    if ends is None:
        return False
    parameters = _read(version)
    inner = {machine_name_of(one) for one in version.named}
    return parameters is not None and not ends(parameters, inner)


def parameters_of(version: H5PVersion) -> Parameters:
    """What content.json says; nothing where that cannot be read."""
    return _read(version) or {}


def _read(version: H5PVersion) -> Parameters | None:
    try:
        found = json.loads(read_file(version.tree, "content.json"))
    except (OSError, ValueError, RecursionError, LookupError):
        return None
    return found if isinstance(found, dict) else None
