"""Files that can't be loaded are refused as a whole, each fault with its place."""

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone, translation

from courses.modules.loader import load_module
from courses.modules.models import LoadedPage
from courses.modules.reading import read_module
from courses.pages.models import CoursePage
from foundation.problems import FilesRefused
from quizzes.bank.models import Question
from tests.courses.makers import make_course
from tests.courses.modules.tiny import edit, write_module

pytestmark = pytest.mark.django_db


def refusal(folder: Path) -> list[str]:
    """What is said of each fault."""
    with translation.override("en"), pytest.raises(FilesRefused) as refused:
        load_module(read_module(folder), now=timezone.now())
    assert not LoadedPage.objects.exists()
    assert not Question.objects.exists()
    return [str(problem) for problem in refused.value.problems]


def line_of(folder: Path, name: str, text: str) -> int:
    lines = (folder / name).read_text(encoding="utf-8").splitlines()
    return next(number for number, line in enumerate(lines, 1) if text in line)


# What is changed in a file, and how what is said of it begins: {line} is the changed line, {block}
# the line its block begins on.
FAULTS = [
    ("module.yaml", "slug: liten", "slug: liten\nminutes: 70", "liten/module.yaml, minutes: "),
    ("01-forst.md", "minutes: 5", "minutes: lång", "liten/01-forst.md, minutes: "),
    ("module.yaml", "code: MOD-LITEN\n", "", "liten/module.yaml, code: "),
    ("module.yaml", "audience:", "publik:", "liten/module.yaml, audience: "),
    ("module.yaml", "draw: 2", "draw: 3", "liten/module.yaml, quiz › draw: "),
    (
        "module.yaml",
        "draw: 2",
        "always: [liten-001], draw: 2",
        "liten/module.yaml, quiz › draw: ",
    ),
    (
        "module.yaml",
        "draw: 2",
        "always: [liten-002, borta], draw: 1",
        "liten/module.yaml, quiz › always 2: ",
    ),
    ("module.yaml", "02-sedan.md", "02-borta.md", "liten/02-borta.md: "),
    ("module.yaml", "title: En", "title: [En", "liten/module.yaml, line "),
    ("module.yaml", "sources: [bok", "sources: [bokk", "liten/module.yaml, sources: "),
    ("01-forst.md", "sources: [bok]", "sources: [bok, bokk]", "liten/01-forst.md, sources: "),
    ("01-forst.md", "sources: [bok]", "sources: [bok, bok]", "liten/01-forst.md, sources: "),
    ("questions.yaml", "source: bok\n", "source: bokk\n", "liten/questions.yaml, question 2 "),
    ("../sources.yaml", "title: En bok,", "title: [", "sources.yaml, line "),
    ("../sources.yaml", "key: bok", "key: lag", "sources.yaml, laws 1 › key: "),
    ("../sources.yaml", "key: bok", "key: Bok", "sources.yaml, sources 1 › key: "),
    ("../sources.yaml", "year: 2023", "year: två", "sources.yaml, sources 1 › year: "),
    ("../sources.yaml", '"https:', '"javascript:', "sources.yaml, laws 1 › url: "),
    ("../sources.yaml", "known: true", "known: false", "sources.yaml, laws 1 › paragraph: "),
    ("../sources.yaml", "valid_to: 2025", "valid_to: 2001", "sources.yaml, laws 2 › valid_to: "),
    ("../sources.yaml", "replaced_by: lag", "replaced_by: l", "sources.yaml, laws 2 › replaced_by"),
    (
        "../sources.yaml",
        "topic: Något",
        "replaced_by: lag-forr, valid_to: 2025-08-01, topic: N",
        "sources.yaml, laws 1 › replaced_by",
    ),
    (
        "../sources.yaml",
        "topic: Något",
        "replaced_by: lag-forr, topic: N",
        "sources.yaml, laws 1 › replaced_by",
    ),
    ("../sources.yaml", "checked_on: 2026-01-15", "kollad: i går", "sources.yaml, laws 1 › kollad"),
    ("01-forst.md", "[@bok, ", "[@bokk, ", "liten/01-forst.md, line "),
    ("01-forst.md", "sources: [bok]", "sources: []", "liten/01-forst.md, line "),
    ("01-forst.md", "linje.svg", "linje.svg\nlabels: [Bara en]", "liten/01-forst.md, line "),
    ("01-forst.md", "linje.svg", "ingen.svg", "liten/01-forst.md, line {block}: "),
    ("01-forst.md", "linje.svg", "../module.yaml", "liten/01-forst.md, line {block}: "),
    ("01-forst.md", "::: reflection", "::: reflektion", "liten/01-forst.md, line {line}: "),
    ("01-forst.md", "kind: law", "kind: dom", "liten/01-forst.md, line "),
    ("01-forst.md", "- två", "- två\n\n# För stor rubrik", "liten/01-forst.md, line {line}: "),
    ("01-forst.md", "- två", "- två\n\n![bild](x.png)", "liten/01-forst.md, line {line}: "),
    ("01-forst.md", "slug: forst", "slug: sedan", "liten/02-sedan.md, slug: "),
    ("02-sedan.md", "to: b", "to: d", "liten/02-sedan.md, line "),
    ("02-sedan.md", "key: lista", "key: En lista", "liten/02-sedan.md, line "),
    ("02-sedan.md", "items: [Skriv ner det.]", "items: []", "liten/02-sedan.md, line "),
    (
        "02-sedan.md",
        "  - {heading: Efter, items: [Skriv ner det.]}\n",
        "",
        "liten/02-sedan.md, line ",
    ),
    (
        "02-sedan.md",
        "items: [Skriv ner det.]",
        f"items: {['x'] * 15}",
        "liten/02-sedan.md, line ",
    ),
    ("02-sedan.md", "items: [Skriv ner", f"items: [{'x' * 161}, Skriv ner", "liten/02-sedan.md, l"),
    ("02-sedan.md", "  - {who: Kim, says: Tack.}\n", "", "liten/02-sedan.md, line "),
    ("02-sedan.md", "says: Sitt.", "säger: Sitt.", "liten/02-sedan.md, line "),
    ("02-sedan.md", "**tonen** [@lag]", "**tonen** [@bok]", "liten/02-sedan.md, line "),
    ("02-sedan.md", "  ”En mening.”", "  # ”En mening.”", "liten/02-sedan.md, line "),
    (
        "02-sedan.md",
        "  - {title: Inte vårt bord, text: Det är allas.}\n",
        "",
        "liten/02-sedan.md, ",
    ),
    ("02-sedan.md", "[Någon är i fara, ", "[", "liten/02-sedan.md, line "),
    ("02-sedan.md", "[Någon är i fara, ", '["", ', "liten/02-sedan.md, line "),
    ("02-sedan.md", "[Situation, Vänd dig till]", "[Situation]", "liten/02-sedan.md, line "),
    ("02-sedan.md", "112 [@lag]", "112 [@bok]", "liten/02-sedan.md, line "),
    ("02-sedan.md", "prompt: Skriv vem man ringer.\n", "", "liten/02-sedan.md, line "),
    ("02-sedan.md", "film: samtal.mp4", "film: borta.mp4", "liten/02-sedan.md, line "),
    ("02-sedan.md", "film: samtal.mp4", "film: rost.mp3", "liten/02-sedan.md, line "),
    ("02-sedan.md", "captions: samtal.vtt", "captions: samtal.mp4", "liten/02-sedan.md, line "),
    ("02-sedan.md", "audio: rost.mp3", "audio: ../module.yaml", "liten/02-sedan.md, line "),
    ("02-sedan.md", "poster: linje.svg", "poster: ingen.svg", "liten/02-sedan.md, line "),
    ("02-sedan.md", "kind: easy", "kind: latt", "liten/02-sedan.md, line "),
    ("module.yaml", "summary_en: Everything", "summary_en: 2026-01-01 #", "liten/module.yaml, sum"),
    ("02-sedan.md", "liten-001", "liten-002", "liten/02-sedan.md, line {block}: "),
    ("questions.yaml", "teaches: forst#1", "teaches: forst#4", "liten/questions.yaml, question 1 "),
    (
        "questions.yaml",
        "correct: true, f",
        "correct: false, f",
        "liten/questions.yaml, question 1 ",
    ),
    ("questions.yaml", "key: liten-002", "key: liten-001", "liten/questions.yaml, question 2 "),
    ("questions.yaml", "use: final", "use: alltid", "liten/questions.yaml, question 2 "),
]


@pytest.mark.parametrize(
    ("name", "before", "after", "said"), FAULTS, ids=[f"{one[0]}: {one[2]!r}" for one in FAULTS]
)
def test_a_fault_is_named_with_its_place(
    folder: Path, name: str, before: str, after: str, said: str
) -> None:
    edit(folder, name, before, after)
    faults = refusal(folder)
    if "{" in said:
        line = line_of(folder, name, after.splitlines()[-1])
        said = said.format(line=line, block=line - 1)
    assert any(fault.startswith(said) for fault in faults), faults


def test_all_faults_are_named_at_once(folder: Path) -> None:
    edit(folder, "01-forst.md", "minutes: 5", "minutes: 0")
    edit(folder, "questions.yaml", "difficulty: 2", "difficulty: 9")
    assert len(refusal(folder)) == 2


@pytest.mark.parametrize("kind", ["tool", "local"])
def test_a_key_that_two_blocks_have_is_refused(folder: Path, kind: str) -> None:
    lesson = (folder / "02-sedan.md").read_text()
    start = lesson.index(f"::: {kind}")
    block = lesson[start : lesson.index("\n:::\n", start) + 5]
    edit(folder, "02-sedan.md", "Läs och välj", f"{block}\n\nLäs och välj")
    (fault,) = refusal(folder)
    assert "no other block of the module" in fault


def test_an_image_that_is_none_is_refused(folder: Path) -> None:
    (folder / "images" / "linje.svg").write_text("inte en bild")
    faults = refusal(folder)
    assert faults
    assert all("linje.svg" in fault for fault in faults)


def test_a_code_of_another_course_is_refused_and_nothing_is_written(folder: Path) -> None:
    other = make_course("MOD-LITEN", slug="annan")
    faults = refusal(folder)
    assert "MOD-LITEN" in faults[0]
    assert list(CoursePage.objects.all()) == [other]


def test_a_module_that_is_not_there_is_refused_with_the_known_ones(folder: Path) -> None:
    with pytest.raises(CommandError) as refused:
        call_command("load_modules", "freda", directory=folder.parent)
    assert "liten" in str(refused.value)


def test_the_command_loads_nothing_of_any_module_when_one_is_at_fault(folder: Path) -> None:
    sound = write_module(folder.parent / "other")
    edit(sound, "module.yaml", "MOD-LITEN", "MOD-ANNAN")
    edit(sound, "module.yaml", "slug: liten", "slug: annan")
    sound.rename(folder.parent / "annan")
    edit(folder, "01-forst.md", "minutes: 5", "minutes: 0")
    with pytest.raises(CommandError):
        call_command("load_modules", directory=folder.parent)
    assert not LoadedPage.objects.exists()
