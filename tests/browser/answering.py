"""How each type of question is answered, and what a page says was answered, in words (bank.py)."""

from collections.abc import Callable

from playwright.sync_api import Locator, expect

from tests.browser.bank import Words, in_order, pair, plain


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
    label = asked.locator("label").filter(has_text=text)
    exact = [found for found in label.all() if plain(found.inner_text()) == text]
    assert len(exact) == 1, f"{len(exact)} options read: {text}"
    return exact[0].locator("input")


def _row(asked: Locator, rows: str, text_in: str, text: str) -> Locator:
    found = [
        row for row in asked.locator(rows).all() if plain(row.locator(text_in).inner_text()) == text
    ]
    assert len(found) == 1, f"{len(found)} rows read: {text}"
    return found[0]


def _parts(words: Words) -> list[tuple[str, str]]:
    return [(part, value) for part, _, value in (one.partition(" → ") for one in words)]


def _give_options(asked: Locator, words: Words) -> None:
    for text in words:
        option(asked, text).check()


def _given_options(asked: Locator) -> Words:
    labels = asked.locator("label:has(input:checked)").all()
    return tuple(plain(label.inner_text()) for label in labels)


def _choose(select: Locator, text: str) -> None:
    """An option of a list, with or without its letter."""
    labels = {plain(one.inner_text()): one for one in select.locator("option").all()}
    found = [label for label in labels if label == text or label[1:] == f". {text}"]
    assert len(found) == 1, f"{len(found)} of {list(labels)} read: {text}"
    select.select_option(value=labels[found[0]].get_attribute("value"))


def _chosen_in(select: Locator) -> str:
    """The text of the option, without its letter; "" for none."""
    if not select.input_value():
        return ""
    text = plain(select.locator("option:checked").inner_text())
    return text[3:] if text[1:3] == ". " else text


def _give_matching(asked: Locator, words: Words) -> None:
    for part, value in _parts(words):
        _choose(_row(asked, "[data-row]", ".row__text", part).locator("select"), value)


def _given_matching(asked: Locator) -> Words:
    rows = [
        (row.locator(".row__text").inner_text(), _chosen_in(row.locator("select")))
        for row in asked.locator("[data-row]").all()
    ]
    return tuple(pair(part, value) for part, value in rows if value)


def _give_groups(asked: Locator, words: Words) -> None:
    for part, value in _parts(words):
        option(_row(asked, ".row", ".row__text", part), value).check()


def _given_groups(asked: Locator) -> Words:
    return tuple(
        pair(
            row.locator(".row__text").inner_text(), row.locator("label:has(:checked)").inner_text()
        )
        for row in asked.locator(".row:has(:checked)").all()
    )


def _give_order(asked: Locator, words: Words) -> None:
    for one in words:
        place, _, text = one.partition(". ")
        step = _row(asked, ".ordering__step", ".ordering__text", text)
        step.locator("select").select_option(place)


def _given_order(asked: Locator) -> Words:
    placed = {
        int(step.locator("select").input_value()): step.locator(".ordering__text").inner_text()
        for step in asked.locator(".ordering__step").all()
        if step.locator("select").input_value()
    }
    return in_order([placed[place] for place in sorted(placed)])


def _gaps(asked: Locator) -> list[Locator]:
    return asked.locator(".gap").all()


def _give_gaps(asked: Locator, words: Words) -> None:
    for part, value in _parts(words):
        _choose(asked.get_by_label(part, exact=True), value)


def _given_gaps(asked: Locator) -> Words:
    chosen = [_chosen_in(gap.locator("select")) for gap in _gaps(asked)]
    return tuple(pair(f"Lucka {at}", one) for at, one in enumerate(chosen, start=1) if one)


def _give_typed(asked: Locator, words: Words) -> None:
    for part, value in _parts(words):
        asked.get_by_label(part, exact=True).fill(value)
        asked.get_by_label(part, exact=True).blur()


def _given_typed(asked: Locator) -> Words:
    typed = [gap.locator("input").input_value() for gap in _gaps(asked)]
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
    walked = asked.locator(".walk__choice > span").all()
    return in_order([one.inner_text().removeprefix("Du valde:") for one in walked])


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
        mine = section.locator(".option--correct, .option--incorrect").all()
        return tuple(plain(one.locator("span").first.inner_text()) for one in mine)
    said = section.locator("[data-given]").all()
    if kind == "ordering":
        return in_order([one.locator("span").first.inner_text() for one in said])
    values = [one.get_attribute("data-given") or "" for one in said]
    if kind == "case":
        return in_order(values)
    parts = [one.locator("span").first.inner_text() for one in said]
    return tuple(pair(part, one) for part, one in zip(parts, values, strict=True) if one)
