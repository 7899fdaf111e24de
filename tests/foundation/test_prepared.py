"""A prepared query answers as the queryset it was made of, whatever it is asked with."""

from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.db.models import Exists, QuerySet
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from courses.learning.models import LessonProgress
from foundation.prepared import Prepared, PreparedObjects
from tests.courses.makers import make_person, make_user
from tracking.organisation.models import Employment, Person, User

pytestmark = pytest.mark.django_db
NAMED = Prepared(lambda *names: User.objects.filter(username__in=names).values_list("username"))


def test_it_answers_what_it_is_asked_now_and_not_what_it_was_made_with() -> None:
    for name in ("anna", "bo", "cleo"):
        make_user(name)
    assert NAMED.rows("anna") == [("anna",)]
    assert NAMED.rows("bo") == [("bo",)]
    assert NAMED.rows("ingen") == []
    assert sorted(NAMED.rows("cleo", "anna")) == [("anna",), ("cleo",)]
    assert NAMED.rows("bo", "bo") == [("bo",)]
    make_user("ingen")
    assert NAMED.rows("ingen") == [("ingen",)]


@pytest.mark.parametrize("hostile", ["' OR 1=1 --", "%s", "%(a)s", "stands in 1918273640", '"'])
def test_what_is_asked_with_is_never_part_of_the_statement(hostile: str) -> None:
    make_user("anna")
    assert NAMED.rows(hostile) == []
    make_user(hostile)
    assert NAMED.rows(hostile) == [(hostile,)]


def test_a_statement_is_made_once_a_shape(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    made = []

    def build(*names: str) -> "QuerySet[User, tuple[str]]":
        made.append(names)
        return User.objects.filter(username__in=names).values_list("username")

    prepared = Prepared(build)
    with django_assert_num_queries(3):
        prepared.rows("a")
        prepared.rows("b")
        prepared.rows("a", "b")
    assert len(made) == 2


def test_values_come_back_as_the_queryset_gives_them() -> None:
    person = make_person()
    queryset = Employment.objects.filter(person_id=person.pk).values_list(
        "person__public_id", "valid_from", "valid_to", "is_manager", Exists(User.objects.all())
    )
    prepared = Prepared(
        lambda key: Employment.objects.filter(person_id=key).values_list(
            "person__public_id", "valid_from", "valid_to", "is_manager", Exists(User.objects.all())
        )
    )
    assert prepared.rows(person.pk) == list(queryset)
    assert isinstance(prepared.rows(person.pk)[0][0], UUID)


def test_a_uuid_is_sent_as_the_database_keeps_it() -> None:
    person = make_person()
    prepared = Prepared(lambda key: Person.objects.filter(public_id=key).values_list("pk"))
    assert prepared.rows(person.public_id) == [(person.pk,)]
    assert prepared.rows(uuid4()) == []


def test_the_statement_is_the_one_django_would_send() -> None:
    person = make_person()
    key = uuid4()
    prepared = Prepared(
        lambda user, lesson: LessonProgress.objects.filter(
            user_id=user, lesson_key=lesson
        ).values_list("pk")
    )
    plain = LessonProgress.objects.filter(user_id=person.user_id, lesson_key=key).values_list("pk")
    with CaptureQueriesContext(connection) as sent:
        prepared.rows(person.user_id, key)
        list(plain)
    assert sent[0]["sql"] == sent[1]["sql"]


def test_a_query_that_changes_what_it_is_given_is_refused() -> None:
    prepared = Prepared(lambda name: User.objects.filter(username__contains=name).values_list("pk"))
    with pytest.raises(ValueError, match="as it is given"):
        prepared.rows("anna")


def test_objects_are_those_of_the_keys_and_are_read_anew(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    accounts = PreparedObjects(User)
    anna, bo = make_user("anna"), make_user("bo")
    with django_assert_num_queries(2):
        assert accounts.in_bulk([bo.pk, anna.pk, bo.pk, 0]) == {anna.pk: anna, bo.pk: bo}
        assert accounts.in_bulk([]) == {}
        assert accounts.in_bulk([0]) == {}
    User.objects.filter(pk=anna.pk).update(language="en", is_active=False)
    found = accounts.in_bulk([anna.pk])[anna.pk]
    assert (found.language, found.is_active) == ("en", False)
    assert found.date_joined == User.objects.get(pk=anna.pk).date_joined
    assert not found.get_deferred_fields()
