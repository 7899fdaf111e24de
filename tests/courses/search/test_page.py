"""The page of search: asked, shown, and nothing kept."""

import logging

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from tests.courses.makers import make_person, signed_in
from tests.courses.search.makers import published_course

pytestmark = pytest.mark.django_db

HERE = "/sok/"
WORD = "zebrakanin"


@pytest.fixture
def client() -> Client:
    user = make_person().user
    assert user is not None
    return signed_in(user)


def asked(client: Client, words: str) -> str:
    """Where the question leads."""
    answer = client.post(HERE, {"words": words})
    assert answer.status_code == 303
    return str(answer["Location"])


def test_a_question_posted_is_answered_at_an_address_that_does_not_have_its_words(
    client: Client,
) -> None:
    published_course([("Om djur", "En zebrakanin.")])
    there = asked(client, WORD)
    assert WORD not in there
    page = client.get(there).content.decode()
    assert "<mark>zebrakanin</mark>" in page
    assert f"<title>{WORD}" not in page
    assert "<title>Sök" in page


def test_the_address_says_nothing_to_another_session(client: Client) -> None:
    there = asked(client, WORD)
    client.logout()
    other = make_person("bo").user
    assert other is not None
    assert WORD not in signed_in(other).get(there).content.decode()


def test_what_is_searched_for_is_kept_nowhere(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        client.get(asked(client, WORD))
    assert not [one for one in caplog.records if WORD in f"{one.getMessage()} {one.__dict__}"]
    tables = connection.introspection.table_names()
    assert "django_session" in tables
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f'SELECT * FROM "{table}"')
            assert not [row for row in cursor if WORD in str(row)], table


@pytest.mark.parametrize("words", ["", "   ", "?!", "våld\0", "a" * 10_000])
def test_what_is_no_question_is_answered_in_words(client: Client, words: str) -> None:
    answer = client.post(HERE, {"words": words})
    assert answer.status_code == 400
    assert answer.context["form"].errors


@pytest.mark.parametrize("token", ["x", "å", "a" * 9000, "\0"])
def test_a_seal_that_is_not_ours_is_an_empty_page(client: Client, token: str) -> None:
    assert client.get(HERE, {"s": token}).context["words"] == ""


def test_search_is_on_every_page_with_and_without_room(client: Client) -> None:
    page = client.get(reverse("learning:my_training")).content.decode()
    assert f'href="{HERE}"' in page
    assert f'action="{HERE}"' in page


def test_nothing_found_offers_the_nearest_words(client: Client) -> None:
    published_course([("Om djur", "En zebrakanin.")])
    page = client.get(asked(client, "zebrakannin")).content.decode()
    assert '<button class="link-button" type="submit" name="words" value="zebrakanin">' in page
