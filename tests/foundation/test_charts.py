"""Charts are read by eye, by ear and by whoever sent hostile labels."""

import xml.etree.ElementTree as ET

from foundation.charts import LABEL_WIDTH, LETTER, Bar, Chart, bars, columns

SVG = "{http://www.w3.org/2000/svg}"
ROWS = [
    Bar("Tal & <b>", 0.5, "50 %"),
    Bar("Ett mycket långt svarsalternativ, som måste kortas", 1, ""),
]


def drawn(chart: Chart) -> ET.Element:
    return ET.fromstring(chart.svg)


def test_a_chart_names_itself_and_tells_its_figures() -> None:
    chart = bars("svar", "Hälften väljer rätt", ROWS[:1])
    root = drawn(chart)
    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == "svar-title svar-description"
    assert [root[0].get("id"), root[0].text] == ["svar-title", "Hälften väljer rätt"]
    assert [root[1].get("id"), root[1].text] == ["svar-description", "Tal & <b>: 50 %"]


def test_bars_are_as_long_as_their_shares() -> None:
    rows = [Bar("a", 0.25, ""), Bar("b", 1, ""), Bar("c", 7, ""), Bar("d", -1, "")]
    widths = [float(one.get("width", "")) for one in drawn(bars("x", "", rows)).iter(f"{SVG}rect")]
    assert widths == [90, 360, 360, 0]


def test_a_label_that_does_not_fit_is_cut_and_whole_in_the_description() -> None:
    chart = bars("x", "", ROWS)
    texts = [one.text for one in drawn(chart).iter(f"{SVG}text")]
    shown = texts[2]
    assert shown.endswith("…")
    assert ROWS[1].label.startswith(shown[:-1])
    assert len(shown) * LETTER <= LABEL_WIDTH
    assert ROWS[1].label in chart.description


def test_the_tallest_column_fills_the_room_and_the_mark_stands_before_its_column() -> None:
    rows = [Bar("0", 2, "2"), Bar("1", 4, "4")]
    root = drawn(columns("x", "", rows, mark=(1, "godkänt")))
    heights = [float(one.get("height", "")) for one in root.iter(f"{SVG}rect")]
    assert heights == [78, 156]
    assert [one.get("x1") for one in root.iter(f"{SVG}line")] == ["0", "320.0"]


def test_a_chart_of_nothing_is_drawn() -> None:
    assert list(drawn(columns("x", "", [], mark=None)).iter(f"{SVG}rect")) == []
    flat = columns("x", "", [Bar("0", 0, "0")], mark=None)
    assert [one.get("height") for one in drawn(flat).iter(f"{SVG}rect")] == ["0.0"]
