"""No page of the Wagtail admin that a trainer or an administrator opens asks for a text in vain."""

from collections.abc import Iterator

import pytest
from django.test import Client
from django.utils import translation
from django.utils.translation import trans_real

from courses.modules.groundwork import lay_groundwork
from courses.pages.models import CatalogueIndexPage
from tests.contracts.others import other_catalogues
from tests.factories import person, trainer
from tracking.organisation.models import User

pytestmark = pytest.mark.django_db
TRAINER = (
    "",
    "account/",
    "pages/{page}/",
    "pages/{page}/edit/",
    "pages/add/courses/coursepage/{page}/",
    "pages/{page}/history/",
    "pages/{page}/usage/",
    "pages/{page}/delete/",
    "pages/search/?q=x",
    "choose-page/",
    "choose-external-link/",
    "images/",
    "images/add/",
    "images/chooser/",
    "documents/chooser/",
    "h5p/",
    "h5p/ladda-upp/",
    "h5p/valj/",
    "snippets/quizzes/question/",
    "snippets/quizzes/question/add/",
    "snippets/quizzes/quiz/",
    "reports/site-history/",
    "reports/workflow/",
    "reports/aging-pages/",
    "jsi18n/",
)
ADMINISTRATOR = (
    *TRAINER,
    "pages/{page}/privacy/",
    "pages/{page}/copy/",
    "pages/{page}/move/",
    "pages/{page}/unpublish/",
    "documents/",
    "documents/add/",
    "h5p-bibliotek/",
    "users/",
    "users/new/",
    "groups/",
    "groups/new/",
    "sites/",
    "redirects/",
    "collections/",
    "collections/add/",
    "workflows/list/",
    "workflows/add/",
    "workflows/tasks/index/",
    "snippets/quizzes/quiz/add/",
    "snippets/courses/supportinformation/add/",
)


# Filters ask for the word of a comparison before they see that theirs is shown without one.
NOT_SHOWN = {"exact"}


class Missed(trans_real.gettext_module.NullTranslations):
    """Where gettext turns for what the Swedish catalogues lack: writes it down."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: set[str] = set()

    def gettext(self, message: str) -> str:
        self.texts.add(message)
        return message

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        self.texts.add(msgid1)
        return msgid1 if n == 1 else msgid2

    def pgettext(self, context: str, message: str) -> str:
        self.texts.add(message)
        return message

    def npgettext(self, context: str, msgid1: str, msgid2: str, n: int) -> str:
        self.texts.add(msgid1)
        return msgid1 if n == 1 else msgid2


@pytest.fixture
def missed() -> Iterator[Missed]:
    catalogue, found = trans_real.translation("sv"), Missed()
    before, catalogue._fallback = catalogue._fallback, found
    yield found
    catalogue._fallback = before


def _opened(user: User, pages: tuple[str, ...]) -> dict[str, int]:
    lay_groundwork()
    page = CatalogueIndexPage.objects.get(locale__language_code="sv")
    client = Client()
    client.force_login(user)
    return {one: client.get("/admin/" + one.format(page=page.pk)).status_code for one in pages}


def test_a_trainer_s_pages_are_swedish(missed: Missed) -> None:
    statuses = _opened(trainer(person("lärare")), TRAINER)
    assert {page for page, status in statuses.items() if status == 200} >= {
        "",
        "account/",
        "jsi18n/",
    }
    assert sorted(missed.texts - NOT_SHOWN) == []


def test_an_administrator_s_pages_are_swedish(missed: Missed) -> None:
    user = User.objects.create_superuser("administratör")
    statuses = _opened(user, ADMINISTRATOR)
    assert {page: status for page, status in statuses.items() if status != 200} == {}
    assert sorted(missed.texts - NOT_SHOWN) == []


@pytest.mark.parametrize("domain", ["django", "djangojs"])
def test_no_text_of_wagtail_lacks_its_swedish(domain: str) -> None:
    catalogue = trans_real.DjangoTranslation("sv", domain=domain)
    lacking = [
        text
        for (context, text), entry in other_catalogues(
            domain, ("wagtail", "wagtail_localize", "taggit")
        ).items()
        if not _has(catalogue, f"{context}\x04{text}" if context else text, entry.msgid_plural)
    ]
    assert lacking == []


def _has(catalogue: trans_real.DjangoTranslation, key: str, plural: str) -> bool:
    there = catalogue._catalog  # type: ignore[attr-defined]
    return ((key, 0) if plural else key) in there


def test_the_overrides_are_looked_at_first() -> None:
    with translation.override("sv"):
        assert translation.gettext("Show issue") == "Visa problemet"
