"""The pictures of interactive content: a trainer's listing, what a learner plays, what waits."""

import io
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from PIL import Image

from tests.browser.learner import Learner
from tests.browser.visitor import Visitor
from tests.courses.h5p.packages import library, make_package
from tests.program import Program, manage

COLOURS = 64  # ink on paper has few
PLAYED = "/kurser/sex-mot-ersattning/oppna-ett-samtal/7/"


def h5p_pictures(new: Callable[[], Visitor], program: Program) -> Iterator[tuple[str, Image.Image]]:
    """Each with its name. `new`: somebody with a browser of their own, at a desk."""
    with tempfile.TemporaryDirectory() as folder:
        shelf = library("Forlag.Fragekort", (1, 2, 0), title="Frågekort")
        package = make_package(
            Path(folder),
            name="vantrummet.h5p",
            title="Kort: i väntrummet",
            main="Forlag.Fragekort 1.2",
            libraries=[shelf],
        )
        manage(program.data, "h5p_import", str(package))
    trainer = _signed_in(new(), "utbildare")
    trainer.page.goto("/admin/h5p/")
    yield "lista", _picture(trainer)
    administrator = _signed_in(new(), "administrator")
    administrator.page.goto("/admin/h5p-bibliotek/")
    yield "godkann", _picture(administrator)
    learner = _signed_in(new(), "medarbetare")
    page = learner.page
    page.goto(PLAYED)
    page.get_by_role("button", name="Öppna").click()
    page.frame_locator("[data-h5p-stage] iframe").get_by_role("button").first.wait_for()
    page.locator("[data-h5p-state]").filter(has_text="Sparat").wait_for()
    # What stays in sight while one scrolls would stand in the picture.
    page.evaluate("document.querySelectorAll('.exit-bar').forEach(one => one.remove())")
    page.locator("[data-h5p]").evaluate("one => one.scrollIntoView()")
    yield "spela", _picture(learner)


def _signed_in(visitor: Visitor, username: str) -> Visitor:
    Learner(visitor).log_in_plainly(username)
    visitor.page.wait_for_url(lambda address: "/logga-in/" not in address)
    return visitor


def _picture(visitor: Visitor) -> Image.Image:
    visitor.page.wait_for_load_state("networkidle")
    whole = Image.open(io.BytesIO(visitor.page.screenshot(animations="disabled")))
    return whole.convert("P", palette=Image.Palette.ADAPTIVE, colors=COLOURS)
