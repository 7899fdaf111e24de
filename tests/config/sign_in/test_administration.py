"""Accounts and groups are the administrators', whatever somebody was allowed by mistake."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.test import Client

from courses.modules.groundwork import lay_groundwork
from tests.factories import person, trainer
from tracking.organisation.models import User

pytestmark = pytest.mark.django_db
NEW = {
    "username": "ny",
    "first_name": "Ny",
    "last_name": "Ny",
    "email": "ny@example.org",
    "password1": "fyra ord utan samband",
    "password2": "fyra ord utan samband",
    "is_superuser": "on",
}


@pytest.fixture
def everything_by_mistake() -> Client:
    """A trainer who was given every permission on accounts and groups."""
    lay_groundwork()
    user = trainer(person("utbildare"))
    user.user_permissions.add(
        *Permission.objects.filter(content_type__model__in=("user", "group", "permission"))
    )
    client = Client()
    client.force_login(user)
    return client


def test_a_trainer_makes_no_administrator_out_of_any_permission(
    everything_by_mistake: Client,
) -> None:
    me = User.objects.get(username="utbildare")
    other = User.objects.create_user("annan")
    group = Group.objects.get(name="Utbildare")
    tried = {
        "/admin/users/": {},
        "/admin/users/new/": NEW,
        f"/admin/users/edit/{other.pk}/": NEW | {"is_active": "on"},
        f"/admin/users/edit/{me.pk}/": NEW | {"groups": [group.pk]},
        f"/admin/users/delete/{other.pk}/": {},
        "/admin/groups/": {},
        "/admin/groups/new/": {"name": "ny"},
        f"/admin/groups/edit/{group.pk}/": {"name": "ny"},
        f"/admin/bulk/tracking/user/assign_role/?id={me.pk}": {"role": group.pk},
        f"/admin/bulk/tracking/user/delete/?id={other.pk}": {},
        f"/admin/bulk/tracking/user/set_active_state/?id={other.pk}": {"mark_as_active": ""},
    }
    before = list(User.objects.order_by("pk").values())
    answers = {
        path: {
            everything_by_mistake.get(path).status_code,
            everything_by_mistake.post(path, fields).status_code,
        }
        for path, fields in tried.items()
    }
    assert answers == {path: {403} for path in tried}
    assert list(User.objects.order_by("pk").values()) == before
    assert not Group.objects.filter(name="ny").exists()


def test_an_administrator_makes_accounts(admin_client: Client) -> None:
    answer = admin_client.post("/admin/users/new/", NEW)
    assert answer.status_code == 302
    assert User.objects.get(username="ny").is_superuser
