"""By keyboard alone: how one goes from stop to stop, and answers every type of question."""

from collections.abc import Callable
from functools import partial

from playwright.sync_api import Locator, Page, expect

from tests.browser.answering import given, type_of
from tests.browser.bank import Words, plain

FOCUSED = """wanted => {
  const on = document.activeElement;
  return {
    wanted: on === wanted,
    text: wanted ? "" : (on.closest("label") ?? on).innerText.trim().replace(/\\s+/g, " "),
    outlined: on.matches(":focus-visible"),
  };
}"""
FAR = 80  # more stops than the page has


def tab_to(
    page: Page, wanted: Locator | Callable[[dict[str, object]], bool], *, far: int = FAR
) -> None:
    """Press Tab until the focus is where it should be, and shows; says so if it never gets there.

    `wanted`: the element, or what is true of it.
    """
    place = wanted.element_handle() if isinstance(wanted, Locator) else None
    for _ in range(far):
        page.keyboard.press("Tab")
        at: dict[str, object] = page.evaluate(FOCUSED, place)
        if at["wanted"] if isinstance(wanted, Locator) else wanted(at):
            assert at["outlined"]
            return
    raise AssertionError(f"Tab never got there from {page.url}")


def _has_focus(one: Locator) -> bool:
    return bool(one.evaluate("one => one === document.activeElement"))


def _reads(one: Locator, text: str) -> bool:
    return plain(one.inner_text()) == text


def _to(page: Page, asked: Locator, selector: str) -> Locator:
    """Press Tab to something of the question."""
    wanted = asked.locator(selector).first
    tab_to(page, wanted)
    return wanted


def _by_arrows(page: Page, asked: Locator, selector: str, is_right: Callable[[], bool]) -> None:
    """Press Tab to radio buttons or a list, and the arrow until the right one is chosen."""
    _to(page, asked, selector)
    if "radio" in selector:
        page.keyboard.press("Space")
    for _ in range(10):
        if is_right():
            return
        page.keyboard.press("ArrowDown")
    raise AssertionError(f"No arrow leads to the answer in {selector}")


def _says(asked: Locator, words: Words, count: int) -> bool:
    """Whether so many of the words have been said."""
    return len(set(given(asked)) & set(words)) == count


def _options(page: Page, asked: Locator, words: Words) -> None:
    boxes = asked.locator("[type=checkbox]")
    texts = boxes.evaluate_all("all => all.map((one) => one.closest('label').innerText)")
    if not texts:
        _by_arrows(page, asked, "[type=radio]", partial(_says, asked, words, 1))
    for at, text in enumerate(texts):
        tab_to(page, boxes.nth(at))
        if plain(text) in words:
            page.keyboard.press("Space")


def _parts(page: Page, asked: Locator, words: Words) -> None:
    """Lists and groups of radio buttons, in the order of the page."""
    names = asked.locator("[data-part]").evaluate_all(
        "all => [...new Set(all.map(one => one.name))]"
    )
    for number, name in enumerate(names, start=1):
        kind = "select" if asked.locator(f"select[name='{name}']").count() else "[type=radio]"
        _by_arrows(page, asked, f"{kind}[name='{name}']", partial(_says, asked, words, number))


def _typed(page: Page, asked: Locator, words: Words) -> None:
    _to(page, asked, "[type=text]")
    for one in words:
        page.keyboard.type(one.partition(" → ")[2])
        page.keyboard.press("Enter")  # on to the next gap


def _order(page: Page, asked: Locator, words: Words) -> None:
    """Each step up to its place by its arrow; it keeps the focus on its way."""
    for place, one in enumerate(words, start=1):
        text = one.partition(". ")[2]
        step = asked.locator(".ordering__step").filter(has_text=text)
        up = step.locator("[data-move='-1']")
        if step.evaluate("step => [...step.parentElement.children].indexOf(step)") + 1 == place:
            continue
        tab_to(page, up)
        while step.locator("select").input_value() != str(place):
            page.keyboard.press("Enter")
            expect(asked.locator("[data-said]")).to_contain_text(f"”{text}” är nu på plats")
            assert _has_focus(up)


def _walk(page: Page, asked: Locator, words: Words) -> None:
    chosen = asked.locator("[data-present] label:has(:checked)")
    for number, one in enumerate(words, start=1):
        is_chosen = partial(_reads, chosen, one.partition(". ")[2])
        _by_arrows(page, asked, "[data-present] [type=radio]", is_chosen)
        _to(page, asked, "[data-go-on]")
        page.keyboard.press("Enter")
        expect(asked.locator(".walk__step--walked")).to_have_count(number)
        expect(asked.locator("[data-present]")).to_be_focused()


BY_KEYBOARD = {
    "matching": _parts,
    "categorise": _parts,
    "gap_choice": _parts,
    "gap_typed": _typed,
    "ordering": _order,
    "case": _walk,
}


def answer(page: Page, asked: Locator, words: Words) -> None:
    """Answer a question so; `asked` holds it."""
    BY_KEYBOARD.get(type_of(asked), _options)(page, asked, words)
