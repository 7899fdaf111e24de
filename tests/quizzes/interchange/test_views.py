"""The pages for files of questions: looked through first, then brought in; and taken out."""

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from foundation.jobs.actions import run_job
from foundation.jobs.models import Job
from quizzes.bank.models import Question
from quizzes.interchange import handed
from quizzes.interchange.handed import remove_old_files
from quizzes.interchange.models import QuestionFile
from tests.factories import account, person, trainer
from tests.quizzes.interchange.test_bank import FILE, in_the_bank

pytestmark = pytest.mark.django_db
PAGE = "/admin/fragor/filer/"


@pytest.fixture
def client_of_a_trainer(client: Client) -> Client:
    client.force_login(trainer(person("utbildare")))
    return client


def give(client: Client, text: str = FILE, **more: Any) -> Any:
    file = SimpleUploadedFile("../prov å.gift", text.encode())
    return client.post(PAGE, {"file": file, "form": "gift", "source": ""} | more)


def test_a_file_is_looked_through_and_then_brought_in(client_of_a_trainer: Client) -> None:
    client = client_of_a_trainer
    answer = give(client, FILE + "\n\n::Tre::Skriv om oro.{}")
    page = answer.headers["Location"]
    for _reload in range(2):
        said = client.get(page).content.decode()
        assert "Ingenting har ändrats än" in said
        assert "ett långt svar som en människa måste bedöma" in said
        assert "Läs in 2 frågor som utkast" in said
    assert Question.objects.count() == 0
    for _double_click in range(2):
        assert client.post(f"{page}las-in/").status_code == 302
    assert Question.objects.count() == 2
    said = client.get(page).content.decode()
    assert "Filen är inläst" in said
    assert "som utkast</button>" not in said
    assert QuestionFile.objects.get().source == "prov_å"


def test_a_file_that_cannot_be_read_says_why(client_of_a_trainer: Client) -> None:
    answer = give(client_of_a_trainer, "<quiz><oj></quiz>", form="moodle-xml")
    said = client_of_a_trainer.get(answer.headers["Location"]).content.decode()
    assert "Filen avvisades" in said
    assert "Rad 1" in said


def test_a_large_file_is_looked_through_and_brought_in_by_jobs(
    client_of_a_trainer: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(handed, "SMALL", 10)
    page = give(client_of_a_trainer).headers["Location"]
    assert "Filen är stor" in client_of_a_trainer.get(page).content.decode()
    run_job(Job.objects.get().pk)
    assert "Läs in 2 frågor som utkast" in client_of_a_trainer.get(page).content.decode()
    client_of_a_trainer.post(f"{page}las-in/")
    run_job(Job.objects.order_by("pk").last().pk)  # type: ignore[union-attr]
    assert Question.objects.count() == 2
    assert [job.state for job in Job.objects.all()] == ["done", "done"]


def test_nobody_else_sees_the_file(client: Client, client_of_a_trainer: Client) -> None:
    page = give(client_of_a_trainer).headers["Location"]
    other = Client()
    other.force_login(trainer(person("annan")))
    assert [other.get(page).status_code, other.post(f"{page}las-in/").status_code] == [404, 404]
    nobody = Client()
    nobody.force_login(account(person("medarbetare")))
    assert nobody.get(page).status_code == 302
    assert Question.objects.count() == 0


def test_names_in_a_file_are_only_text(client_of_a_trainer: Client) -> None:
    answer = give(client_of_a_trainer, "::<script>alert(1)</script>::Så.{T}")
    said = client_of_a_trainer.get(answer.headers["Location"]).content.decode()
    assert "<script>alert(1)" not in said
    assert "&lt;script&gt;alert(1)" in said


def test_questions_go_out_after_saying_what_they_lose(client_of_a_trainer: Client) -> None:
    for kind in ("single", "case"):
        in_the_bank(kind, key=f"fraga-{kind}")
    said = client_of_a_trainer.get(f"{PAGE}ut/", {"form": "gift", "tag": ""}).content.decode()
    assert "att den går att svara på: på andra plattformar blir den en text att läsa" in said
    answer = client_of_a_trainer.post(f"{PAGE}ut/hamta/", {"form": "gift", "key": ["fraga-single"]})
    assert answer.headers["Content-Disposition"].endswith('.gift"')
    assert "::fraga-single::" in answer.content.decode()
    assert "fraga-case" not in answer.content.decode()


def test_only_tagged_questions_are_listed_when_a_tag_is_chosen(
    client_of_a_trainer: Client,
) -> None:
    in_the_bank("single", key="fraga-1")
    for tag, listed in (("freda", True), ("finns-inte", False)):
        said = client_of_a_trainer.get(f"{PAGE}ut/", {"form": "gift", "tag": tag})
        assert ("fraga-1" in said.content.decode()) == listed


def test_each_field_of_the_page_has_an_id_of_its_own(client_of_a_trainer: Client) -> None:
    ids = re.findall(r' id="((?:id|out)_\w+)"', client_of_a_trainer.get(PAGE).content.decode())
    assert {"id_form", "out_form"} <= set(ids)
    assert len(ids) == len(set(ids))


def test_files_go_after_a_week(client_of_a_trainer: Client) -> None:
    give(client_of_a_trainer)
    remove_old_files(now=timezone.now())
    assert QuestionFile.objects.count() == 1
    remove_old_files(now=timezone.now() + handed.FILE_KEPT)
    assert QuestionFile.objects.count() == 0
