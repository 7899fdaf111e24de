"""Regrading as an author meets it: numbers that point nobody out, a choice, and a way back."""

import re

import pytest
from django.contrib.auth.models import Permission
from django.test import Client

from quizzes.bank.models import Question
from quizzes.regrading.models import Regrade
from tests.factories import person, trainer
from tests.quizzes.analysis.makers import hand_in, options
from tests.quizzes.makers import Place, make_place, make_quiz
from tests.quizzes.regrading.test_actions import correct_key
from tracking.organisation.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def place() -> Place:
    return make_place()


def rights(user: User, *codenames: str) -> User:
    user.user_permissions.add(*Permission.objects.filter(codename__in=codenames))
    return User.objects.get(pk=user.pk)


@pytest.fixture
def author(client: Client) -> Client:
    client.force_login(rights(trainer(person("utbildare")), "publish_question"))
    return client


def corrected(few: int = 2, many: int = 6) -> str:
    """A question whose key was wrong for `many` and right for `few`; gives its page."""
    quiz = make_quiz(1, pass_percent=100)
    first, second = options("fraga-0")[:2]
    for at, chosen in enumerate([first] * few + [second] * many):
        hand_in(quiz, {"fraga-0": [chosen]}, user=User.objects.create_user(f"hemlig-{at}"))
    correct_key([1])
    return f"/admin/fragor/omrattning/{Question.objects.get(key='fraga-0').pk}/"


def main_of(page: bytes) -> str:
    return page.decode().split("<main", 1)[1]


def numbers(page: bytes) -> list[list[str]]:
    """The table of changes: in favour, and all."""
    part = main_of(page).split("Endast till fördel</th>", 1)[1].split("</table>", 1)[0]
    rows = re.findall(r'<th scope="row">(.*?)</th><td>(.*?)</td><td>(.*?)</td>', part)
    return [list(row[1:]) for row in rows]


def form(page: bytes, scope: str = "all") -> dict[str, str]:
    fields = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]+)"', main_of(page))
    return dict(fields) | {"scope": scope}


def test_few_are_not_counted_out_for_those_without_the_right(author: Client, place: Place) -> None:
    page = author.get(corrected()).content
    few = "färre än 5"
    assert numbers(page) == [["6", "8"], ["6", "6"], ["0", few], ["6", "6"], ["0", few], ["0", "0"]]
    assert "hemlig-" not in page.decode()


def test_with_the_right_the_numbers_are_exact(client: Client, place: Place) -> None:
    client.force_login(rights(trainer(person("utbildare")), "see_few_regraded"))
    found = numbers(client.get(corrected()).content)
    assert found == [["6", "8"], ["6", "6"], ["0", "2"], ["6", "6"], ["0", "2"], ["0", "0"]]


def test_an_author_decides_and_undoes(author: Client, place: Place) -> None:
    path = corrected()
    page = author.get(path).content
    answer = author.post(f"{path}ratta-om/", form(page), follow=True)
    assert "8 försök omrättade" in answer.content.decode()
    made = Regrade.objects.get()
    assert (made.changed, made.actor.username) == (8, "utbildare")
    answer = author.post(f"{path}{made.pk}/angra/", follow=True)
    assert "Alla försök är som de var förut" in answer.content.decode()


def test_a_page_that_is_out_of_date_decides_nothing(author: Client, place: Place) -> None:
    path = corrected()
    page = author.get(path).content
    correct_key([2])
    answer = author.post(f"{path}ratta-om/", form(page), follow=True)
    assert "Frågan har ändrats sedan dess" in answer.content.decode()
    author.post(f"{path}ratta-om/", form(page) | {"scope": "nonsense"})
    assert not Regrade.objects.exists()


def test_who_may_not_publish_reads_and_decides_nothing(client: Client, place: Place) -> None:
    client.force_login(trainer(person("utbildare")))
    path = corrected()
    page = client.get(path).content
    assert "Vad en omrättning skulle ändra" in page.decode()
    assert "Rätta om</button>" not in page.decode()
    assert client.post(f"{path}ratta-om/", form(page)).status_code == 302
    assert not Regrade.objects.exists()


def test_completions_are_withdrawn_by_a_decision_and_a_right_of_its_own(
    client: Client, place: Place
) -> None:
    user = rights(trainer(person("utbildare")), "publish_question")
    client.force_login(user)
    path = corrected()
    client.post(f"{path}ratta-om/", form(client.get(path).content))
    address = f"{path}{Regrade.objects.get().pk}/dra-tillbaka/"
    assert client.post(address).status_code == 302
    assert place.withdrawn == []
    client.force_login(rights(user, "withdraw_completions"))
    assert "Dra tillbaka slutförandena" in client.get(path).content.decode()
    answer = client.post(address, follow=True)
    assert "2 slutföranden tillbakadragna" in answer.content.decode()
    assert len(place.withdrawn) == 2


def test_nobody_else_comes_in(client: Client, place: Place) -> None:
    path = corrected(1, 1)
    client.force_login(User.objects.create_user(username="medarbetare"))
    for address in (path, f"{path}ratta-om/", f"{path}1/angra/", f"{path}1/dra-tillbaka/"):
        assert client.get(address).status_code in (302, 403, 405)
        assert client.post(address).status_code in (302, 403, 405)
    assert not Regrade.objects.exists()


def test_a_question_without_earlier_answers_says_so(author: Client, place: Place) -> None:
    make_quiz(1)
    page = author.get(f"/admin/fragor/omrattning/{Question.objects.get().pk}/").content.decode()
    assert "Inget försök är rättat efter en tidigare version" in page
