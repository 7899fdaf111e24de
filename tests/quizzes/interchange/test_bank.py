"""Questions of files in the bank: drafts, once each, and nothing of ours overwritten."""

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from wagtail.models import ModelLogEntry

from quizzes.bank.actions import load_question
from quizzes.bank.models import Question
from quizzes.interchange.actions import bring_in
from quizzes.interchange.drafts import drafts_of
from quizzes.interchange.formats import FORMATS
from quizzes.interchange.mapping.canonical import canonical
from quizzes.interchange.outgoing import chosen, going_out, written
from quizzes.interchange.plan import Fate, Planned, plan
from quizzes.types import TYPES
from tests.factories import account, person
from tests.quizzes.interchange.reading import answers, question
from tests.quizzes.types.contents import EXAMPLES

pytestmark = pytest.mark.django_db

FILE = "::Ett::Vad gör du?{=Frågar ~Väntar}\n\n::Två::Det är så.{T}"


def brought(text: str | bytes, *, form: str = "gift", source: str = "kurs") -> list[Planned]:
    data = text if isinstance(text, bytes) else text.encode()
    return bring_in(planned=plan(drafts_of(data, form), source=source), source=source, actor=None)


def fates(planned: list[Planned]) -> list[Fate]:
    return [one.fate for one in planned]


def in_the_bank(kind: str, *, key: str = "var-egen") -> Question:
    load_question(
        key=key,
        content=EXAMPLES[kind],
        tags=["freda", "en tagg"],
        difficulty=3,
        source="",
        use="final",
    )
    return Question.objects.get(key=key)


def test_questions_become_drafts_with_tags_that_say_where_they_came_from() -> None:
    user = account(person("utbildare"))
    planned = plan(drafts_of(b"// [tag:freda]\n" + FILE.encode(), "gift"), source="kurs")
    bring_in(planned=planned, source="kurs", actor=user)
    one, two = Question.objects.order_by("pk")
    assert [one.live, one.has_unpublished_changes, two.live] == [False, True, False]
    assert (sorted(one.tags.names()), one.source) == (["freda", "import kurs"], "kurs: Ett")
    assert canonical(one.content()) == planned[0].draft.content
    assert [entry.user for entry in ModelLogEntry.objects.for_instance(one)] == [user]


def test_the_same_file_again_changes_nothing() -> None:
    assert fates(brought(FILE)) == [Fate.NEW, Fate.NEW]
    assert fates(brought(FILE)) == [Fate.UNCHANGED, Fate.UNCHANGED]
    assert Question.objects.count() == 2
    assert [one.revisions.count() for one in Question.objects.all()] == [1, 1]


def test_what_has_changed_in_the_file_is_a_new_draft_of_the_same_question() -> None:
    brought(FILE)
    for one in Question.objects.all():
        one.latest_revision.publish()
    changed = brought(FILE.replace("Väntar", "Gissar"))
    assert fates(changed) == [Fate.UPDATED, Fate.UNCHANGED]
    question = Question.objects.get(key=changed[0].key)
    assert question.live
    assert [one["text"] for one in question.content()["options"]] == ["Frågar", "Väntar"]
    latest = question.get_latest_revision_as_object()
    assert [one["text"] for one in latest.content()["options"]] == ["Frågar", "Gissar"]
    assert fates(brought(FILE.replace("Väntar", "Gissar"))) == [Fate.UNCHANGED, Fate.UNCHANGED]


def test_what_a_trainer_has_changed_or_taken_out_of_use_is_left_alone() -> None:
    first, second = brought(FILE)
    edited = Question.objects.get(key=first.key).get_latest_revision_as_object()
    edited.text = "<p>Hur gör du?</p>"
    edited.save_revision()
    retired = Question.objects.get(key=second.key)
    retired.latest_revision.publish()
    Question.objects.get(key=second.key).unpublish()
    other = FILE.replace("Väntar", "Gissar").replace("Det är så", "Så är det")
    assert fates(brought(other)) == [Fate.KEPT, Fate.KEPT]
    assert Question.objects.get(key=first.key).latest_revision.object_str
    latest = Question.objects.get(key=first.key).get_latest_revision_as_object()
    assert latest.text == "<p>Hur gör du?</p>"


def test_questions_of_one_name_stay_apart_and_twins_come_once() -> None:
    planned = brought("::F::Ett.{T}\n\n::F::Två.{T}\n\n::F::Ett.{T}")
    assert fates(planned) == [Fate.NEW, Fate.NEW, Fate.TWICE]
    assert len({one.key for one in planned[:2]}) == 2


def test_the_same_name_from_elsewhere_is_another_question() -> None:
    brought("::Fråga 1::Ett.{T}", source="en kurs")
    brought("::Fråga 1::Två.{T}", source="en annan")
    assert Question.objects.count() == 2


def test_ids_say_neither_what_is_right_nor_in_which_order() -> None:
    text = "<quiz>{}</quiz>"
    one = question("ordering", answers((1, "a"), (2, "b"), (3, "c")))
    other = question("ordering", answers((3, "a"), (2, "b"), (1, "c")))
    ids = []
    for number, node in enumerate((one, other)):
        # The same file, so to say: one key, the steps in another order.
        brought(text.format(node).encode(), form="moodle-xml", source=f"kurs-{number}")
        latest: Any = Question.objects.order_by("-pk").first()
        ids.append([step["id"] for step in latest.content()["steps"]])
    assert not {"0", "1", "2"} & {*ids[0], *ids[1]}
    assert len(set(ids[0])) == 3


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("kind", sorted(TYPES))
def test_a_question_of_the_bank_goes_out_and_comes_back_to_itself(kind: str, form: str) -> None:
    question = in_the_bank(kind)
    data = written(going_out(chosen(), form), form)
    [planned] = brought(data, form=form, source="tillbaka")
    assert (planned.fate, planned.key) == (Fate.UNCHANGED, question.key)
    question.delete()
    [planned] = brought(data, form=form, source="tillbaka")
    again = Question.objects.get()
    assert canonical(again.content()) == canonical(EXAMPLES[kind])
    assert (again.difficulty, again.use) == (3, "final")
    assert sorted(again.tags.names()) == ["en tagg", "freda", "import tillbaka"]


def test_our_own_file_changed_outside_comes_back_as_a_draft_of_the_question() -> None:
    question = in_the_bank("matching")
    data = written(going_out(chosen(), "moodle-xml"), "moodle-xml")
    changed = data.replace("vänster 0".encode(), "något annat".encode(), 1)
    [planned] = brought(changed, form="moodle-xml")
    assert (planned.fate, planned.key) == (Fate.UPDATED, question.key)
    question.refresh_from_db()
    assert question.content()["pairs"][0]["text"] == "vänster 0"
    latest = question.get_latest_revision_as_object()
    assert latest.content()["pairs"][0]["text"] == "något annat"


def test_our_own_file_never_overwrites_what_was_changed_here_since() -> None:
    question = in_the_bank("single")
    data = written(going_out(chosen(), "gift"), "gift")
    question.text = "<p>Något nyare?</p>"
    question.save_revision().publish()
    [planned] = brought(data)
    assert planned.fate is Fate.NEW
    assert planned.key != question.key
    question.refresh_from_db()
    assert question.text == "<p>Något nyare?</p>"


def run(path: Path, *arguments: str, form: str = "gift") -> list[str]:
    out = StringIO()
    call_command("import_questions", str(path), "--format", form, *arguments, stdout=out)
    return out.getvalue().splitlines()


def test_the_command_says_a_line_for_each_question(tmp_path: Path) -> None:
    path = tmp_path / "prov.gift"
    path.write_text(FILE + "\n\n::Tre::Skriv.{}\n\n::Fyra::Vad?{=[html]<b>a</b> ~%50%b ~c}")
    lines = [
        "Rad 1, ”Ett” (multichoice): hel, som ”Ett rätt svar”; ett nytt utkast.",
        "Rad 3, ”Två” (truefalse): hel, som ”Sant eller falskt”; ett nytt utkast.",
        "Rad 5, ”Tre” (essay): avvisad. Ett långt svar som en människa måste bedöma: "
        "den typen finns inte här.",
        "Rad 7, ”Fyra” (multichoice): i delar, som ”Ett rätt svar”; ett nytt utkast. "
        "Utelämnat: att ”b” ger 50 % av poängen: här ger det inga. "
        "Av mindre vikt: formatering i alternativ och återkoppling.",
        "4 frågor: 2 hela, 1 i delar, 1 avvisade. 3 nya, 0 ändrade, 0 fanns redan, "
        "0 lämnade i fred, 0 två gånger i filen.",
    ]
    assert run(path, "--dry-run") == [*lines, "Det här var ett prov: ingenting ändrades."]
    assert Question.objects.count() == 0
    assert run(path) == lines
    assert Question.objects.count() == 3


def test_a_file_that_cannot_be_read_is_refused_by_the_command(tmp_path: Path) -> None:
    path = tmp_path / "prov.xml"
    path.write_text('<!DOCTYPE quiz [<!ENTITY a "b">]>\n<quiz>&a;</quiz>')
    with pytest.raises(CommandError, match=r"prov\.xml avvisades.*Rad 1: filen definierar"):
        run(path, form="moodle-xml")
    with pytest.raises(CommandError, match="går inte att läsa"):
        run(tmp_path / "ingen.xml", form="moodle-xml")
