"""Logging in leads where one was going, and never round in a circle."""

import logging
from typing import Any

import pytest
from django.contrib.auth.models import AbstractUser, Permission
from django.core.handlers.exception import response_for_exception
from django.test import Client, RequestFactory

from tracking.organisation.models import User

pytestmark = pytest.mark.django_db
ADMIN = "/logga-in/?next=/admin/"


@pytest.fixture
def user(django_user_model: type[AbstractUser]) -> AbstractUser:
    return django_user_model.objects.create_user(username="anna", password="anna")


@pytest.mark.parametrize("signed_in", [True, False])
def test_who_is_not_let_into_the_admin_comes_to_the_start_page(
    client: Client, user: AbstractUser, signed_in: bool
) -> None:
    if signed_in:
        client.force_login(user)
        response = client.get("/admin/", follow=True)
    else:
        response = client.post(ADMIN, {"username": "anna", "password": "anna"}, follow=True)
    assert response.status_code == 200
    assert response.redirect_chain[-1][0] == "/min-utbildning/"


def test_who_is_let_in_comes_to_the_admin(client: Client, user: AbstractUser) -> None:
    user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    said = client.post(ADMIN, {"username": "anna", "password": "anna"}).headers["Location"]
    assert said.partition("?")[0] == "/logga-in/kod/"  # the password alone is not enough there
    User.objects.update(is_demo=True)
    response = client.post(ADMIN, {"username": "anna", "password": "anna"})
    assert response.headers["Location"] == "/admin/"


def test_the_admin_has_no_log_in_page_of_its_own(client: Client) -> None:
    response = client.get("/admin/login/?next=/admin/pages/")
    assert response.headers["Location"] == "/logga-in/?next=/admin/pages/"


def test_a_fault_leaves_a_trace_and_a_missing_page_none(rf: RequestFactory, caplog: Any) -> None:
    logger = logging.getLogger("django.request")
    assert not logger.isEnabledFor(logging.WARNING)
    assert logging.StreamHandler in {type(one) for one in logging.getLogger().handlers}
    response_for_exception(rf.get("/"), ZeroDivisionError("oj"))
    assert [(one.name, one.levelname) for one in caplog.records] == [("django.request", "ERROR")]
