"""The tag library and the component templates, rendered as pages render them."""

import re
from datetime import date
from pathlib import Path

import pytest
from django.template import Context, Template
from django.template.loader import render_to_string

from foundation.components.statuses import LOOKS, status_icon, status_label

ROOT = Path(__file__).parents[3]
SYMBOLS = set(re.findall(r'<symbol id="([\w-]+)"', (ROOT / "static/img/icons.svg").read_text()))


def render(source: str, **context: object) -> str:
    return Template("{% load components %}" + source).render(Context(context))


def text_of(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_every_status_has_a_word_and_an_icon_of_the_sprite() -> None:
    assert {status: status_label(status) for status in LOOKS} == {
        "klar": "Klar",
        "pagaende": "Pågående",
        "ej_paborjad": "Ej påbörjad",
        "forsenad": "Försenad",
        "utgangen": "Utgången",
        "undantagen": "Undantagen",
    }
    assert {status_icon(status) for status in LOOKS} - SYMBOLS == set()


def test_every_icon_a_template_names_is_in_the_sprite() -> None:
    templates = [
        path
        for folder in ("site", "courses", "quizzes", "tracking")
        for path in (ROOT / folder).rglob("templates/**/*.html")
    ]
    named = {
        name for path in templates for name in re.findall(r'{% icon "([\w-]+)"', path.read_text())
    }
    assert named - SYMBOLS == set()


def test_a_status_shows_icon_and_word() -> None:
    html = render_to_string("components/status.html", {"status": "forsenad"})
    assert text_of(html) == "Försenad"
    assert "#overdue" in html


def test_a_deadline_shows_words_and_date() -> None:
    html = render_to_string(
        "components/due.html", {"date": date(2026, 3, 26), "today": date(2026, 3, 14)}
    )
    assert text_of(html) == "om 12 dagar 26 mars 2026"
    assert "due--soon" in html


def test_a_wide_table_scrolls_in_a_named_region_the_keyboard_reaches() -> None:
    html = render("{% table_region what %}<table></table>{% endtable_region %}", what="A & B")
    assert html.strip() == (
        '<div class="table-region" role="region" aria-label="A &amp; B" tabindex="0">'
        "<table></table></div>"
    )


def test_an_icon_without_a_word_beside_it_has_a_name_of_its_own() -> None:
    assert 'aria-label="Klar"' in render('{% icon "done" "Klar" %}')
    assert 'aria-hidden="true"' in render('{% icon "done" %}')


def test_a_meter_says_its_numbers_in_words() -> None:
    html = render_to_string(
        "components/meter.html",
        {"label": "Webbkurs", "done": 1040, "base": 1300, "share": 80, "goal": 90, "late": True},
    )
    assert text_of(html) == "Webbkurs 80\u00a0% 1\u00a0040 av 1\u00a0300 · mål 90\u00a0%".replace(
        "\u00a0", " "
    )


@pytest.mark.parametrize("name", ["support.html", "support_line.html"])
def test_support_without_an_editors_text_falls_back_to_the_numbers_of_the_guidelines(
    name: str,
) -> None:
    assert "08-508 12 360" in render_to_string(f"components/{name}")


def test_no_template_holds_inline_style_or_script() -> None:
    offenders = [
        str(path.relative_to(ROOT))
        for folder in ("site", "courses", "quizzes", "tracking")
        for path in (ROOT / folder).rglob("templates/**/*.html")
        if re.search(r"<style|\sstyle=|<script(?![^>]*\ssrc=)|\son\w+=", path.read_text())
    ]
    assert offenders == []
