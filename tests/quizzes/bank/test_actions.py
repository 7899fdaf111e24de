"""Files bring questions into the bank; what a trainer has edited since stays."""

import pytest
from django.core.exceptions import ValidationError

from quizzes.bank.actions import Outcome, load_question
from quizzes.bank.models import Question
from quizzes.bank.parts import QuizPart
from quizzes.bank.queries import draw
from quizzes.bank.sanitising import safe_html
from tests.quizzes.makers import make_question, make_quiz
from tests.quizzes.types.contents import of, options

pytestmark = pytest.mark.django_db


def load(text: str = "<p>Vad?</p>", correct: tuple[bool, ...] = (True, False)) -> Outcome:
    return load_question(
        key="a-1",
        content=of("single", text=text, options=options(*correct), explanation="", teaches=""),
        tags=["prov", "mal-3"],
        difficulty=1,
        source="",
        use="both",
    )


def test_loading_again_changes_nothing_and_a_changed_file_updates() -> None:
    assert [load(), load(), load("<p>Vem?</p>"), load("<p>Vem?</p>")] == [
        Outcome.NEW,
        Outcome.UNCHANGED,
        Outcome.UPDATED,
        Outcome.UNCHANGED,
    ]
    question = Question.objects.get()
    assert question.live
    assert question.text == "<p>Vem?</p>"
    assert sorted(question.tags.names()) == ["mal-3", "prov"]


@pytest.mark.parametrize("published", [True, False])
def test_what_a_trainer_edited_is_kept_also_as_a_draft(published: bool) -> None:
    load()
    question = Question.objects.get()
    question.text = "<p>Tränarens egen fråga?</p>"
    revision = question.save_revision()
    if published:
        revision.publish()
    assert load("<p>Filens nya?</p>") is Outcome.KEPT
    assert "Tränarens" in Question.objects.get().get_latest_revision_as_object().text


def test_what_a_trainer_took_out_of_use_stays_out() -> None:
    load()
    Question.objects.get().unpublish()
    assert load("<p>Filens nya?</p>") is Outcome.KEPT
    assert not Question.objects.get().live


def test_a_question_without_a_right_answer_is_refused_and_leaves_nothing() -> None:
    with pytest.raises(ValidationError):
        load(correct=(False, False))
    assert not Question.objects.exists()


def test_an_edit_is_a_new_version() -> None:
    load()
    before = Question.objects.get().version
    load("<p>Annat?</p>")
    assert Question.objects.get().version != before


def test_a_draw_takes_published_questions_for_finals_evenly_over_lessons() -> None:
    quiz = make_quiz(0)
    for number in range(6):
        make_question(number, lesson="a" if number < 4 else "b")
    make_question(9, use="check")
    quiz.parts = [QuizPart(tags="prov", draw=4)]
    for _attempt in range(5):
        lessons = [question.teaches[0] for question in draw(quiz)]
        assert sorted(lessons) == ["a", "a", "b", "b"]
    quiz.parts = [QuizPart(tags="prov", draw=50)]
    assert sorted(question.key for question in draw(quiz)) == [f"fraga-{n}" for n in range(6)]


def test_markup_that_could_run_is_taken_out() -> None:
    dirty = '<p onclick="x()">a<script>b</script><a href="javascript:c()">d</a><img src=e></p>'
    assert safe_html(dirty) == '<p>a<a rel="noopener noreferrer">d</a></p>'
