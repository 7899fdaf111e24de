"""Each kind of chart: what stands where, and that nothing can break out of a label."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from foundation.charts import Chart, funnel, heat, multiples, spark, stacked, trend
from foundation.charts.drawing import shortened, width_of
from foundation.charts.funnel import Limit, Spot
from foundation.charts.heat import Cell, Row
from foundation.charts.stacked import Kind, Stack
from foundation.charts.trends import At, Goal, Small, Way
from foundation.documents.parts import Column, Table
from tests.foundation.charts.reading import SVG, drawn, layouts, texts

HOSTILE = "<script>alert('x')</script> & \"citat\""
FIRST = date(2026, 1, 4)
TABLE = Table("Siffrorna", [Column("Enhet"), Column("Andel", "share")], [(HOSTILE, 61)])


def way(*shares: float, label: str = "") -> Way:
    return Way(label, [At(FIRST + timedelta(weeks=at), one) for at, one in enumerate(shares)])


def a_trend(goal: Goal | None = None) -> Chart:
    return trend("t", HOSTILE, HOSTILE, [way(20, 40, 61, label=HOSTILE)], goal=goal, table=TABLE)


def a_stack() -> Chart:
    kinds = [Kind("Klara", "accent"), Kind("Försenade", "late"), Kind(HOSTILE, "due")]
    rows = [Stack("Staden", [60, 40, 0], "60 %", strong=True), Stack(HOSTILE, [1, 3, 0], "25 %")]
    return stacked("s", HOSTILE, HOSTILE, kinds, rows, TABLE)


def a_heat() -> Chart:
    cells = [Cell("2 av 2", 1.0), Cell("1 av 2", 0.5, is_late=True), Cell("–", None)]
    return heat("h", HOSTILE, HOSTILE, ["Mål 1", "Mål 2", HOSTILE], [Row(HOSTILE, cells)], TABLE)


def a_funnel() -> Chart:
    spots = [Spot("Farsta", 100, 90.0, is_outside=True), Spot(HOSTILE, 120, 60.0)]
    limits = [Limit("95 %", [(1, 0.0, 100.0), (130, 50.0, 70.0)], "5 4")]
    return funnel(
        "f", HOSTILE, HOSTILE, spots, middle=(61.0, HOSTILE), limits=limits, axis="x", table=TABLE
    )


def some_multiples() -> Chart:
    rows = [Small(way(10, 30, label=f"{HOSTILE}{at}"), "30 %") for at in range(5)]
    return multiples("m", HOSTILE, HOSTILE, rows, beside=way(20, 20), goal=80, table=TABLE)


KINDS = [a_trend, a_stack, a_heat, a_funnel, some_multiples]


@pytest.mark.parametrize("make", KINDS)
def test_every_kind_reads_everywhere_and_says_what_it_is(make: Callable[[], Chart]) -> None:
    chart = make()
    for root in layouts(chart):
        assert root[0].text == HOSTILE
        assert root[1].text == HOSTILE
        assert list(root.iter(f"{SVG}script")) == []
        sizes = [float(one.get("font-size", "0")) for one in root.iter(f"{SVG}text")]
        assert min(sizes) >= 11
    assert "style=" not in chart.svg


@pytest.mark.parametrize("make", KINDS)
def test_a_phone_s_labels_are_not_made_smaller(make: Callable[[], Chart]) -> None:
    narrow = make().narrow
    assert narrow.width <= 360  # what a screen of 390 px has room for, one to one


@pytest.mark.parametrize("make", KINDS)
def test_nothing_is_drawn_outside_the_sheet(make: Callable[[], Chart]) -> None:
    for root in layouts(make()):
        width, height = float(root.get("width", "")), float(root.get("height", ""))
        for box in root.iter(f"{SVG}rect"):
            x, y, w, h = (float(box.get(name, "")) for name in ("x", "y", "width", "height"))
            assert x >= 0
            assert y >= 0
            assert x + w <= width + 1
            assert y + h <= height + 1
        for line in root.iter(f"{SVG}polyline"):
            for point in line.get("points", "").split():
                x, y = map(float, point.split(","))
                assert 0 <= x <= width
                assert 0 <= y <= height


def test_a_line_rises_with_its_shares_and_ends_with_its_number() -> None:
    root = drawn(a_trend())
    line = next(one for one in root.iter(f"{SVG}polyline") if one.get("stroke-width") == "2.5")
    heights = [float(point.split(",")[1]) for point in line.get("points", "").split()]
    assert heights == sorted(heights, reverse=True)
    assert any(text.startswith("61\u00a0% <script>") for text in texts(root))


def test_the_way_to_the_goal_is_dotted_when_the_goal_is_near() -> None:
    near = Goal(80, "mål 80 %", FIRST + timedelta(weeks=4), "senast", foretold=75)
    far = Goal(80, "mål 80 %", FIRST + timedelta(weeks=400), "senast", foretold=75)
    hollow = [
        len([c for c in drawn(a_trend(g)).iter(f"{SVG}circle") if c.get("fill") == "none"])
        for g in (near, far)
    ]
    assert hollow == [1, 0]
    assert "mål 80 %" in texts(drawn(a_trend(far)))


def test_parts_are_as_long_as_their_numbers_and_the_kinds_that_are_there_are_named() -> None:
    root = drawn(a_stack())
    filled = [one for one in root.iter(f"{SVG}rect") if one.get("fill") != "none"]
    widths = [float(one.get("width", "")) for one in filled]
    assert widths[0] / widths[1] == pytest.approx(1.5, rel=0.01)
    assert widths[2] * 3 == pytest.approx(widths[3], rel=0.01)
    shown = texts(root)
    assert {"Klara", "Försenade", "60 %", "40"} <= set(shown)
    assert not any(text.startswith("<script") for text in shown[-2:])


def test_a_cell_says_in_words_what_its_tone_repeats() -> None:
    shown = texts(drawn(a_heat()))
    assert {"✓ 2 av 2", "1 av 2", "–"} <= set(shown)


def test_outside_is_told_by_form_and_name_and_on_a_phone_only_they_are_named() -> None:
    chart = a_funnel()
    wide, narrow, _alone = layouts(chart)
    for root in (wide, narrow):
        solid = [one for one in root.iter(f"{SVG}circle") if one.get("fill") != "none"]
        assert len(solid) == 1
        assert "Farsta" in texts(root)
    assert any(text.startswith("<script") for text in texts(wide)[-3:])
    assert texts(narrow)[-1] == "Farsta"


def test_a_spark_needs_two_points_and_is_silent() -> None:
    assert spark([At(FIRST, 3)], 80) == ""
    drawn_spark = spark(way(3, 9).points, 80)
    assert 'aria-hidden="true"' in drawn_spark
    assert drawn_spark.count("<polyline") == 1


def test_what_does_not_fit_is_shortened_and_what_fits_is_left() -> None:
    assert shortened("Farsta", 100) == "Farsta"
    cut = shortened("Enskede-Årsta-Vantör stadsdelsnämnd", 100)
    assert cut.endswith("…")
    assert width_of(cut) <= 100
