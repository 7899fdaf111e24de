"""Bars and columns."""

from foundation.charts import Bar, bars, columns
from foundation.charts.bars import LABELS
from foundation.charts.chart import WIDE
from foundation.charts.drawing import width_of
from tests.foundation.charts.reading import SVG, drawn, layouts

ROWS = [
    Bar("Tal & <b>", 0.5, "50 %"),
    Bar("Ett mycket långt svarsalternativ, som måste kortas", 1, ""),
]


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
    assert widths == [90.5, 362, 362, 0]


def test_a_label_that_does_not_fit_is_cut_and_whole_in_the_description() -> None:
    chart = bars("x", "", ROWS)
    texts = [one.text for one in drawn(chart).iter(f"{SVG}text")]
    shown = texts[2]
    assert shown.endswith("…")
    assert ROWS[1].label.startswith(shown[:-1])
    assert width_of(shown) <= WIDE * LABELS
    assert ROWS[1].label in chart.described


def test_the_tallest_column_fills_the_room_and_the_mark_stands_before_its_column() -> None:
    rows = [Bar("0", 2, "2"), Bar("1", 4, "4")]
    root = drawn(columns("x", "", rows, mark=(1, "godkänt")))
    heights = [float(one.get("height", "")) for one in root.iter(f"{SVG}rect")]
    assert heights == [78, 156]
    lines = [one.get("points", "") for one in root.iter(f"{SVG}polyline")]
    assert lines == ["0,196 640,196", "320,18 320,196"]


def test_a_chart_of_nothing_is_drawn() -> None:
    assert list(drawn(columns("x", "", [], mark=None)).iter(f"{SVG}rect")) == []
    flat = columns("x", "", [Bar("0", 0, "0")], mark=None)
    assert [one.get("height") for one in drawn(flat).iter(f"{SVG}rect")] == ["0"]


def test_every_layout_says_the_same_and_stands_alone_in_its_own_inks() -> None:
    chart = bars("svar", "Hälften", ROWS)
    wide, narrow, alone = layouts(chart)
    assert {one[0].text for one in (wide, narrow, alone)} == {"Hälften"}
    assert len({one[0].get("id") for one in (wide, narrow)}) == 2
    assert float(narrow.get("width", "")) < float(wide.get("width", ""))
    assert "currentColor" not in chart.standalone()
    assert "class=" not in chart.standalone()
    assert chart.table.rows == [(row.label, row.value) for row in ROWS]
