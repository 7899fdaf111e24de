"""The pictures of following up: what managers and coordinators meet."""

import io
from collections.abc import Callable, Iterator
from typing import cast

import pypdfium2
from PIL import Image

from tests.browser.learner import Learner
from tests.browser.test_scorecard import ended
from tests.browser.visitor import Visitor

COLOURS = 64  # ink on paper has few
# A page at 110 points an inch reads on a screen.
SCALE = 110 / 72
REPORT = "/styrkort/staden/fil/pdf/"
FUNNEL_PAGE = "/uppfoljning/likstallighet/?mal=K05-FRAGA"


def follow_up_pictures(new: Callable[[], Visitor]) -> Iterator[tuple[str, Image.Image]]:
    """Each with its name. `new`: somebody with a browser of their own, at a desk."""
    manager = _signed_in(new(), "stadsdelschef")
    manager.page.locator("#people").evaluate("one => one.scrollIntoView()")
    yield "matris", _picture(manager.page.screenshot(animations="disabled"))
    coordinator = _signed_in(new(), "samordnare")
    coordinator.page.goto("/uppfoljning/")
    coordinator.page.get_by_role("heading", level=2).first.evaluate("one => one.scrollIntoView()")
    yield "staden", _picture(coordinator.page.screenshot(animations="disabled"))
    coordinator.page.goto(FUNNEL_PAGE)
    yield "tratt", _picture(coordinator.page.locator("figure").first.screenshot())
    # The period before the last is closed in the demo city.
    report = coordinator.page.request.get(REPORT, params={"period": ended()[-2]})
    yield "sammanstallning", _page_of(report.body(), 1)


def _signed_in(visitor: Visitor, username: str) -> Visitor:
    Learner(visitor).log_in_plainly(username)
    visitor.page.wait_for_url(lambda address: "/logga-in/" not in address)
    return visitor


def _picture(raw: bytes) -> Image.Image:
    whole = Image.open(io.BytesIO(raw))
    return whole.convert("P", palette=Image.Palette.ADAPTIVE, colors=COLOURS)


def _page_of(document: bytes, number: int) -> Image.Image:
    """A page of a PDF, the first being 0."""
    drawn = pypdfium2.PdfDocument(document)[number].render(scale=SCALE).to_pil()
    return cast(Image.Image, drawn).convert("P", palette=Image.Palette.ADAPTIVE, colors=COLOURS)
