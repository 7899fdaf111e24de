"""A question of any type tried in the editor: asked, answered and judged, nothing kept."""

import pytest
from django.contrib.auth.models import Permission
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse

from quizzes.attempts.models import Attempt
from quizzes.bank.trial import trial_context
from quizzes.types import TYPES
from quizzes.types.base import response_of
from tests.factories import account, person
from tests.quizzes.types.contents import EXAMPLES
from tests.quizzes.types.test_shown import Page, shown


@pytest.mark.django_db
@pytest.mark.parametrize("kind", TYPES)
def test_the_key_is_judged_right_and_nothing_is_kept(kind: str) -> None:
    user = account(person("R"))
    user.user_permissions.add(Permission.objects.get(codename="change_question"))
    editor = Client()
    editor.force_login(user)
    content, key = EXAMPLES[kind], TYPES[kind].key(EXAMPLES[kind])
    context = trial_context([content], title="En fråga")
    assert 'data-type="' + kind in render_to_string("quizzes/preview.html", context)
    sent = Page(shown(content, key)).sent
    assert TYPES[kind].from_form(content, sent, "q1") == response_of(key)
    form = {"signed": context["signed"], **{name: sent.getlist(name) for name in sent}}
    words = Page(editor.post(reverse("quizzes:trial"), form).content.decode()).words
    assert "Rätt" in words
    assert not Attempt.objects.exists()
