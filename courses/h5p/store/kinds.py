"""What a content is, in words: H5P names its kinds by the library that plays them."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

KINDS: Final[dict[str, "str | Promise"]] = {
    "H5P.Accordion": pgettext_lazy("H5P content", "Accordion"),
    "H5P.AdvancedText": pgettext_lazy("H5P content", "Text"),
    "H5P.AdventCalendar": _("Calendar with doors"),
    "H5P.Agamotto": _("Pictures laid over each other"),
    "H5P.ArithmeticQuiz": _("Arithmetic quiz"),
    "H5P.Audio": pgettext_lazy("H5P content", "Sound"),
    "H5P.AudioRecorder": _("Recording of one's own"),
    "H5P.Blanks": _("Fill in the blanks"),
    "H5P.BranchingScenario": _("Branching scenario"),
    "H5P.Chart": pgettext_lazy("H5P content", "Chart"),
    "H5P.Collage": _("Collage of pictures"),
    "H5P.Column": pgettext_lazy("H5P content", "Column of several parts"),
    "H5P.CoursePresentation": _("Presentation"),
    "H5P.Crossword": _("Crossword"),
    "H5P.Dialogcards": _("Dialog cards"),
    "H5P.DocumentationTool": _("Documentation tool"),
    "H5P.DragQuestion": _("Drag and drop"),
    "H5P.DragText": _("Drag the words"),
    "H5P.Essay": pgettext_lazy("H5P content", "Free text"),
    "H5P.FindTheWords": _("Find the words"),
    "H5P.Flashcards": _("Flashcards"),
    "H5P.GameMap": _("Map of exercises"),
    "H5P.ImageHotspotQuestion": _("Find the spot in the picture"),
    "H5P.ImageHotspots": _("Picture with hotspots"),
    "H5P.ImageJuxtaposition": _("Two pictures to compare"),
    "H5P.ImageMultipleHotspotQuestion": _("Find the spots in the picture"),
    "H5P.ImageSequencing": _("Pictures to put in order"),
    "H5P.ImageSlider": _("Pictures one after the other"),
    "H5P.InteractiveBook": _("Interactive book"),
    "H5P.InteractiveVideo": _("Interactive film"),
    "H5P.MarkTheWords": _("Mark the words"),
    "H5P.MemoryGame": _("Memory game"),
    "H5P.MultiChoice": pgettext_lazy("H5P content", "Multiple choice"),
    "H5P.MultiMediaChoice": _("Choice among pictures"),
    "H5P.PersonalityQuiz": _("Which are you"),
    "H5P.Questionnaire": _("Questionnaire"),
    "H5P.QuestionSet": _("Question set"),
    "H5P.SingleChoiceSet": _("Quick questions with one answer"),
    "H5P.SortParagraphs": _("Paragraphs to put in order"),
    "H5P.SpeakTheWords": _("Speak the words"),
    "H5P.Summary": pgettext_lazy("H5P content", "Choose what sums it up"),
    "H5P.ThreeImage": _("Virtual tour"),
    "H5P.Timeline": _("Timeline"),
    "H5P.TrueFalse": _("True or false"),
    "H5P.Video": pgettext_lazy("H5P content", "Film"),
    "Kompetens.BranchingConversation": _("Branching conversation"),
    "Kompetens.MultipleChoice": _("Multiple choice with feedback"),
}


def machine_name_of(library: str) -> str:
    """Of a library as content names it: "H5P.Essay" of "H5P.Essay 1.5"."""
    return library.partition(" ")[0]


def kind_in_words(library: str, title: str = "") -> str:
    """What somebody calls it who has made one; of a library nobody here knows, its own title.

    `library`: with or without version. `title`: what the library calls itself.
    """
    name = machine_name_of(library)
    known = KINDS.get(name)
    return str(known) if known else title or name.rpartition(".")[2] or name


def kinds_called(word: str) -> list[str]:
    """The libraries whose kind has a word in its name, in the language spoken now."""
    looked_for = word.casefold()
    return [name for name, kind in KINDS.items() if looked_for in str(kind).casefold()]
