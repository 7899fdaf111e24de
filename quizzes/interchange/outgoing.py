"""Questions of the bank on their way out: what each becomes, and what it loses by it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from quizzes.bank.models import Question, QuestionTagName
from quizzes.interchange.formats import FORMATS
from quizzes.interchange.own import outgoing
from quizzes.interchange.plan import latest_of, said_here
from quizzes.interchange.source import Source, Weight
from quizzes.types import InvalidContent

# What one page can list, and one file hold; a tag chooses among more.
MOST_OUT = 500


@dataclass(frozen=True, slots=True)
class Going:
    """A question as a file would say it."""

    question: Question
    source: Source

    @property
    def lost(self) -> list[str]:
        """What other platforms do not get."""
        return [note.text for note in self.source.notes if note.weight is not Weight.REMARK]


def chosen(
    *, tag: QuestionTagName | None = None, keys: Collection[str] | None = None
) -> list[Question]:
    """The questions with a tag, or with these keys; drafts too."""
    questions = Question.objects.prefetch_related("tagged_items__tag").order_by("key")
    if tag is not None:
        questions = questions.filter(tagged_items__tag=tag)
    if keys is not None:
        questions = questions.filter(key__in=keys)
    return list(questions)


def going_out(questions: Iterable[Question], form: str) -> list[Going]:
    """Each as the format says it; a draft that can't be asked yet does not go."""
    going = []
    for question in questions:
        # What is published is what it says; what never was, its latest draft.
        said = question if question.live else latest_of(question)
        meta = {
            "difficulty": said.difficulty,
            "use": said.use,
            "exported": said_here(said),
        }
        try:
            content = said.content()
        except InvalidContent:
            continue
        source = outgoing(content, name=question.key, meta=meta, form=FORMATS[form])
        source.tags = sorted(said.tags.names())
        going.append(Going(question, source))
    return going


def written(going: Iterable[Going], form: str) -> bytes:
    """The file."""
    return FORMATS[form].write([one.source for one in going])
