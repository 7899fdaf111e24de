"""How each type of question is answered, and what a page says was answered, in words (bank.py)."""

from collections.abc import Callable

from playwright.sync_api import Locator, expect

from tests.browser.bank import Words, in_order, pair, plain

# Of each list the option that is chosen, if any is.
CHOSEN = "all => all.map((one) => one.value ? one.selectedOptions[0].innerText : '')"
FIRST_WORDS = "all => all.map((one) => one.querySelector('span').innerText)"


def type_of(asked: Locator) -> str:
    """The type of the question; `asked` holds it, or is it."""
    fieldset = asked.locator("fieldset[data-type]").first
    return fieldset.get_attribute("data-type") or ""


def give(asked: Locator, words: Words) -> None:
    """Do what it takes to answer so."""
    GIVE[type_of(asked)](asked, words)


def given(asked: Locator) -> Words:
    """What the inputs say now."""
    return GIVEN[type_of(asked)](asked)


def option(asked: Locator, text: str) -> Locator:
    """The input of an option."""
    labels = asked.locator("label").filter(has_text=text)
    exact = [at for at, said in enumerate(_texts(labels)) if said == text]
    assert len(exact) == 1, f"{len(exact)} options read: {text}"
    return labels.nth(exact[0]).locator("input")


def _texts(found: Locator) -> list[str]:
    """What each of them reads."""
    return [plain(text) for text in found.all_inner_texts()]


def _values(found: Locator) -> list[str]:
    """What each of the inputs holds."""
    values: list[str] = found.evaluate_all("all => all.map((one) => one.value)")
    return values


def _chosen_in(selects: Locator) -> list[str]:
    """The text of each one's option, without its letter; "" for none."""
    texts = map(plain, selects.evaluate_all(CHOSEN))
    return [text[3:] if text[1:3] == ". " else text for text in texts]


def _row(asked: Locator, rows: str, text_in: str, text: str) -> Locator:
    texts = _texts(asked.locator(rows).locator(text_in))
    found = [at for at, said in enumerate(texts) if said == text]
    assert len(found) == 1, f"{len(found)} rows read: {text}"
    return asked.locator(rows).nth(found[0])


def _parts(words: Words) -> list[tuple[str, str]]:
    return [(part, value) for part, _, value in (one.partition(" → ") for one in words)]


def _give_options(asked: Locator, words: Words) -> None:
    for text in words:
        option(asked, text).check()


def _given_options(asked: Locator) -> Words:
    return tuple(_texts(asked.locator("label:has(input:checked)")))


def _choose(select: Locator, text: str) -> None:
    """An option of a list, with or without its letter."""
    labels = _texts(select.locator("option"))
    found = [at for at, label in enumerate(labels) if label == text or label[1:] == f". {text}"]
    assert len(found) == 1, f"{len(found)} of {labels} read: {text}"
    select.select_option(index=found[0])


def _give_matching(asked: Locator, words: Words) -> None:
    for part, value in _parts(words):
        _choose(_row(asked, "[data-row]", ".row__text", part).locator("select"), value)


def _given_matching(asked: Locator) -> Words:
    rows = asked.locator("[data-row]")
    parts, values = _texts(rows.locator(".row__text")), _chosen_in(rows.locator("select"))
    return tuple(pair(part, one) for part, one in zip(parts, values, strict=True) if one)


def _give_groups(asked: Locator, words: Words) -> None:
    for part, value in _parts(words):
        option(_row(asked, ".row", ".row__text", part), value).check()


def _given_groups(asked: Locator) -> Words:
    rows = asked.locator(".row:has(:checked)")
    parts, groups = _texts(rows.locator(".row__text")), _texts(rows.locator("label:has(:checked)"))
    return tuple(pair(part, group) for part, group in zip(parts, groups, strict=True))


def _give_order(asked: Locator, words: Words) -> None:
    for one in words:
        place, _, text = one.partition(". ")
        step = _row(asked, ".ordering__step", ".ordering__text", text)
        step.locator("select").select_option(place)


def _given_order(asked: Locator) -> Words:
    steps = asked.locator(".ordering__step")
    places, texts = _values(steps.locator("select")), _texts(steps.locator(".ordering__text"))
    placed = {int(at): text for at, text in zip(places, texts, strict=True) if at}
    return in_order([placed[place] for place in sorted(placed)])


def _give_gaps(asked: Locator, words: Words) -> None:
    for part, value in _parts(words):
        _choose(asked.get_by_label(part, exact=True), value)


def _given_gaps(asked: Locator) -> Words:
    chosen = _chosen_in(asked.locator(".gap select"))
    return tuple(pair(f"Lucka {at}", one) for at, one in enumerate(chosen, start=1) if one)


def _give_typed(asked: Locator, words: Words) -> None:
    for part, value in _parts(words):
        asked.get_by_label(part, exact=True).fill(value)
        asked.get_by_label(part, exact=True).blur()


def _given_typed(asked: Locator) -> Words:
    typed = _values(asked.locator(".gap input"))
    return tuple(pair(f"Lucka {at}", one) for at, one in enumerate(typed, start=1) if one)


def _give_case(asked: Locator, words: Words) -> None:
    for number, one in enumerate(words, start=1):
        option(asked.locator("[data-present]"), one.partition(". ")[2]).check()
        asked.get_by_role("button", name="Gå vidare").click()
        done = asked.locator(".walk__step--walked")
        # In a lesson the end of a case is its judgement, and the question is gone.
        if asked.locator("[data-check-outcome]").count() and number == len(words):
            return
        expect(done).to_have_count(number)


def _given_case(asked: Locator) -> Words:
    walked = asked.locator(".walk__choice > span").all_inner_texts()
    return in_order([one.removeprefix("Du valde:") for one in walked])


GIVE: dict[str, Callable[[Locator, Words], None]] = {
    "single": _give_options,
    "multiple": _give_options,
    "true_false": _give_options,
    "matching": _give_matching,
    "categorise": _give_groups,
    "ordering": _give_order,
    "gap_choice": _give_gaps,
    "gap_typed": _give_typed,
    "case": _give_case,
}
GIVEN: dict[str, Callable[[Locator], Words]] = {
    "single": _given_options,
    "multiple": _given_options,
    "true_false": _given_options,
    "matching": _given_matching,
    "categorise": _given_groups,
    "ordering": _given_order,
    "gap_choice": _given_gaps,
    "gap_typed": _given_typed,
    "case": _given_case,
}


def verdict(section: Locator) -> Words:
    """What a question that has been judged says was answered."""
    kind = section.get_attribute("data-type")
    if kind in ("single", "multiple", "true_false"):
        mine = section.locator(".option--correct, .option--incorrect")
        return tuple(map(plain, mine.evaluate_all(FIRST_WORDS)))
    said = section.locator("[data-given]")
    if kind == "ordering":
        return in_order(said.evaluate_all(FIRST_WORDS))
    values: list[str] = said.evaluate_all("all => all.map((one) => one.dataset.given)")
    if kind == "case":
        return in_order(values)
    parts: list[str] = said.evaluate_all(FIRST_WORDS)
    return tuple(pair(part, one) for part, one in zip(parts, values, strict=True) if one)
