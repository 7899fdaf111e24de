"""The pictures of the trainers' guide: what they meet in the admin, in the order of their work."""

import io
from collections.abc import Iterator

from PIL import Image

from tests.browser.desk import Desk
from tests.browser.learner import COURSE, Learner
from tests.browser.visitor import Visitor
from tests.program import Program, manage

SIZE = {"width": 1280, "height": 840}
COLOURS = 64  # the admin has few
LESSON = "Varför vi frågar överallt"
# Ten answers, as they stand when twice five have come.
ANSWERED = """
from courses.feedback.models import CourseFeedback, FeedbackCount
from courses.feedback.questions import QUESTIONS
from courses.pages.models import CoursePage
page = CoursePage.objects.get(title={course!r})
feedback = CourseFeedback.objects.create(course_code=page.course_code, shown=10)
for question in QUESTIONS:
    for choice, count in zip(question.choices, (4, 3, 2, 1)):
        FeedbackCount.objects.create(
            feedback=feedback, question=question.name, choice=choice, shown=count
        )
lesson = page.lessons().get(title={lesson!r})
print(page.get_parent().pk, page.pk, lesson.pk)
"""


def trainer_pictures(visitor: Visitor, program: Program) -> Iterator[tuple[str, Image.Image]]:
    """Each with its name; what is changed on the way stays a draft."""
    code = ANSWERED.format(course=COURSE, lesson=LESSON)
    said = manage(program.data, "shell", "-v", "0", "-c", code).split()
    catalogue, course, lesson = said[-3:]
    desk, page = Desk(visitor.page), visitor.page
    page.set_viewport_size(SIZE)  # type: ignore[arg-type]
    Learner(visitor).log_in_plainly("utbildare")
    page.wait_for_url("**/admin/")
    desk.open(f"/admin/pages/{catalogue}/")
    yield "sidor", _picture(desk)
    desk.open(f"/admin/pages/add/courses/lessonpage/{course}/")
    desk.add_screen("En skärm, en tanke")
    desk.open_menu("Text")
    yield "block", _picture(desk)
    desk.open(f"/admin/pages/{course}/edit/")
    desk.checks().wait_for()
    yield "kontroller-kurs", _picture(desk)
    desk.open(f"/admin/pages/{lesson}/edit/")
    desk.checks().wait_for()
    yield "kontroller", _picture(desk)
    desk.preview().get_by_role("heading", level=1).wait_for()
    yield "forhandsgranska", _picture(desk)
    page.locator("[name=body-0-value-heading]").fill("Välkommen hit")
    desk.save_draft()
    page.locator("footer").get_by_role("button", name="Fler åtgärder").click()
    yield "granskning", _picture(desk)
    desk.open(f"/admin/pages/{lesson}/revisions/compare/live...latest/")
    yield "jamfor", _picture(desk)
    desk.open(f"/admin/pages/{course}/copy/")
    yield "kopiera", _picture(desk)
    desk.open(f"/admin/reports/kursvardering/{course}/")
    yield "kursvardering", _picture(desk)


def _picture(desk: Desk) -> Image.Image:
    desk.page.wait_for_load_state("networkidle")
    raw = desk.page.screenshot(animations="disabled")
    return Image.open(io.BytesIO(raw)).convert("P", palette=Image.Palette.ADAPTIVE, colors=COLOURS)
