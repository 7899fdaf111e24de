"""How modules are made: one idea a screen, something for tomorrow, cases that lead somewhere."""

from collections import Counter

import pytest

from tests.content.modules import Block, Lesson, Module, all_modules

LESSONS = [(module, lesson) for module in all_modules() for lesson in module.lessons]
each_module = pytest.mark.parametrize("module", all_modules(), ids=lambda module: module.slug)
each_lesson = pytest.mark.parametrize(
    ("module", "lesson"), LESSONS, ids=[f"{m.slug}/{lesson.file}" for m, lesson in LESSONS]
)
# The two that give everybody an introduction are short.
SHORT = {"introduktion", "arbetsgivarperspektivet"}
# The ones that stand before a method's own training.
PREPARING = {"freda", "patriark", "vip-gruppledare"}
USED_TWICE = {
    *("accordion", "case", "check", "dialogue", "figure", "local", "note"),
    *("interactive", "quiz", "quote", "reflection", "sayings", "steps", "support", "table", "tool"),
}


def test_the_modules_of_the_programme_are_there() -> None:
    assert {module.slug for module in all_modules()} >= SHORT | PREPARING | {
        "motivera-valdsutovare",
        "sex-mot-ersattning",
    }


@each_module
def test_a_module_has_its_lessons_and_its_length(module: Module) -> None:
    assert len(module.lessons) in ((4, 5) if module.slug in SHORT else (6, 7))
    assert all(5 <= lesson.front["minutes"] <= 11 for lesson in module.lessons)


@each_module
def test_a_module_begins_with_what_comes_and_where_support_is(module: Module) -> None:
    first = module.lessons[0].screens[0]
    assert first.heading == "Innan du börjar"
    assert "support" in [block.kind for block in first.blocks]
    assert module.manifest["content_warning"].strip()


@each_module
def test_nobody_is_said_to_have_judged_a_module_who_has_not(module: Module) -> None:
    assert not module.manifest.get("reviewer")


@each_module
def test_what_prepares_for_a_method_says_that_it_does_not_replace_its_training(
    module: Module,
) -> None:
    if module.slug in PREPARING:
        assert "ersätter inte" in module.manifest["prepares_for"]


@each_lesson
def test_a_screen_is_short_and_has_at_most_one_block(module: Module, lesson: Lesson) -> None:
    assert 4 <= len(lesson.screens) <= 9
    for screen in lesson.screens:
        kinds = [block.kind for block in screen.blocks]
        assert len(kinds) <= 1, (screen.heading, kinds)
        words = len(screen.text.split())
        of_blocks = sum(len(text.split()) for block in screen.blocks for text in block.texts())
        assert words <= 220, (screen.heading, words)
        assert words + of_blocks >= 60, (screen.heading, words, of_blocks)


@each_lesson
def test_a_lesson_gives_something_to_use_tomorrow_and_asks_what_was_learnt(
    module: Module, lesson: Lesson
) -> None:
    assert lesson.blocks("tool", "steps", "sayings"), "nothing to take along"
    assert lesson.blocks("check", "case"), "nothing to try"


@each_module
def test_every_lesson_has_a_tool_that_prints_on_a_page(module: Module) -> None:
    tools = [tool for lesson in module.lessons for tool in lesson.blocks("tool")]
    assert len(tools) >= len(module.lessons) - 1
    keys = [tool.fields["key"] for tool in tools]
    assert len(set(keys)) == len(keys)
    for tool in tools:
        items = [item for section in tool.fields["sections"] for item in section["items"]]
        assert 3 <= len(items) <= 16, tool.fields["title"]


@each_module
def test_cases_have_consequences_of_every_kind(module: Module) -> None:
    cases = [case for lesson in module.lessons for case in lesson.blocks("case")]
    assert len(cases) >= (2 if module.slug in SHORT else 3)
    assert len({case.fields["key"] for case in cases}) == len(cases)
    for case in cases:
        steps = case.fields["steps"]
        assert reached(case) == set(steps), case.fields["key"]
        for name, step in steps.items():
            assert bool(step.get("end")) != bool(step.get("choices")), (case.fields["key"], name)
            assert all(one["text"] and one["feedback"] for one in step.get("choices", []))
        verdicts = {step["verdict"] for step in steps.values() if step.get("end")}
        assert {"good", "poor"} <= verdicts, case.fields["key"]


def reached(case: Block) -> set[str]:
    steps, found, waiting = case.fields["steps"], set(), [case.fields["start"]]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += [choice["to"] for choice in steps[name].get("choices", [])]
    return found


@each_module
def test_drawings_are_in_one_style_with_an_alternative_in_words(module: Module) -> None:
    figures = [figure for lesson in module.lessons for figure in lesson.blocks("figure")]
    assert len(figures) >= (2 if module.slug in SHORT else 5)
    used = {figure.fields["image"] for figure in figures}
    assert {path.name for path in (module.folder / "images").iterdir()} == used
    for figure in figures:
        svg = (module.folder / "images" / figure.fields["image"]).read_text()
        assert 'viewBox="0 0 360 ' in svg, figure.fields["image"]
        assert "style" not in svg, figure.fields["image"]
        assert len(figure.fields["alt"]) > 60, figure.fields["image"]


def test_no_block_is_there_for_one_module_only() -> None:
    used = Counter(
        kind
        for module in all_modules()
        for kind in {block.kind for lesson in module.lessons for block in lesson.blocks()}
    )
    assert {kind: used[kind] for kind in USED_TWICE if used[kind] < 2} == {}
