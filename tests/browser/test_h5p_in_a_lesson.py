"""A trainer puts content into a lesson and demands points of it; a learner reads the lesson to its
end when they are reached, and not before."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.desk import Desk
from tests.browser.learner import Learner
from tests.browser.visitor import Visitor
from tests.program import Program, manage

pytestmark = pytest.mark.browser

CONTENT = "Bahar i receptionen"
LESSON = "Varför vi frågar överallt"
RIGHT = ("Skriver ner", "Frågar vad hon tror", "Ringer kollegan")
# The lesson's number and address, and how many screens it has.
WHERE = """
from courses.pages.models import LessonPage
lesson = LessonPage.objects.get(title={title!r})
print(lesson.pk, lesson.url, lesson.screen_count)
"""


def test_a_content_with_a_demand_is_put_into_a_lesson_and_met(
    program: Program, new_visitor: Callable[..., Visitor]
) -> None:
    said = manage(program.data, "shell", "-v", "0", "-c", WHERE.format(title=LESSON)).split()
    number, address, screens = said[-3:]

    trainer = new_visitor((1280, 1200))
    trainer.log_in("utbildare")
    desk = Desk(trainer.page)
    desk.open(f"/admin/pages/{number}/edit/")
    desk.add_block("Interaktivt innehåll")
    desk.choose(trainer.page.get_by_role("button", name="Välj H5P-innehåll"), CONTENT)
    share = trainer.page.locator("[name$='-percent']")
    expect(share).to_be_hidden()
    trainer.page.locator("[name$='-requirement']").select_option("score")
    share.fill("100")
    desk.act("Lämna in till Granskning")
    desk.open(f"/admin/pages/{number}/edit/")
    desk.act("Godkänn och publicera")
    expect(desk.said()).not_to_contain_text("inte publicerad")

    visitor = new_visitor((390, 844))
    visitor.log_in("medarbetare")
    page, last = visitor.page, f"{address}{screens}/"
    visitor.go(last)
    left = page.get_by_role("region", name="Kvar att göra i lektionen")
    expect(left).to_contain_text(CONTENT)
    finish = page.get_by_role("button", name="Avsluta lektionen")
    finish.click()
    page.wait_for_url(lambda now: not now.endswith(last))
    learner = Learner(visitor)
    learner.open_course()
    listed = page.get_by_role("listitem").filter(has=page.get_by_role("link", name=LESSON))
    expect(listed).to_contain_text("något kvar att göra")

    page.goto(last)
    page.get_by_role("button", name="Öppna").click()
    inside = page.frame_locator("[data-h5p-stage] iframe")
    for text in RIGHT:
        inside.get_by_label(text).check()
    inside.get_by_role("button", name="Rätta").click()
    expect(page.locator("[data-h5p-demand]")).to_contain_text("Klart")
    visitor.look()
    learner.open_course()
    expect(listed).to_contain_text("läst")
