"""A question is found by its words when it is chosen for a lesson or a quiz."""

import pytest
from django.urls import reverse

from quizzes.bank.models import Question
from tests.courses.makers import signed_in
from tests.factories import person, trainer
from tests.quizzes.makers import make_question

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("words", "keys"),
    [
        ("", {"fraga-1", "fraga-2", "fraga-12"}),
        ("nummer 12", {"fraga-12"}),
        ("NUMMER 1", {"fraga-1", "fraga-12"}),
        ("fraga-2", {"fraga-2"}),
        ("prov fraga-2", {"fraga-2"}),  # a tag, and the key
        ("finns inte", set()),
    ],
)
def test_a_question_is_found_by_its_words(words: str, keys: set[str]) -> None:
    for number in (1, 2, 12):
        make_question(number)
    viewset = Question.snippet_viewset.chooser_viewset  # type: ignore[attr-defined]
    address = reverse(viewset.get_url_name("choose_results"))
    page = signed_in(trainer(person("lärare"))).get(address, {"q": words}).content.decode()
    assert {key for key in ("fraga-1", "fraga-2", "fraga-12") if f"{key}:" in page} == keys
