"""Where units hang and where employments count, across reorganisations."""

from datetime import date

from foundation.intervals import FOREVER, Interval
from tracking.organisation.queries import OrganisationHistory, UnitPeriod

BEGIN = date(2020, 1, 1)


def period(
    code: str,
    parent: str = "ROOT",
    start: date = BEGIN,
    end: date = FOREVER,
    replaced_by: str = "",
    kind: str = "enhet",
) -> UnitPeriod:
    return UnitPeriod(code, code.title(), kind, parent, Interval(start, end), replaced_by)


def history(*periods: UnitPeriod) -> OrganisationHistory:
    return OrganisationHistory([period("ROOT", parent="", kind="kommun"), *periods])


def test_nobody_is_anywhere_before_the_organisations_first_day() -> None:
    tree = history(period("A")).on(date(2019, 12, 31))
    assert tree.place("A") is None
    assert tree.units == {}


def test_an_ended_unit_counts_in_its_successor_along_the_chain() -> None:
    changes = history(
        period("A", end=date(2021, 1, 1), replaced_by="B"),
        period("B", start=date(2021, 1, 1), end=date(2022, 1, 1), replaced_by="C"),
        period("C", start=date(2022, 1, 1)),
    )
    placed = [changes.on(date(year, 6, 1)).place("A") for year in (2020, 2021, 2022)]
    assert placed == ["A", "B", "C"]


def test_without_a_successor_or_knowledge_an_employment_counts_at_the_root() -> None:
    changes = history(period("A", end=date(2021, 1, 1)))
    tree = changes.on(date(2021, 6, 1))
    assert [tree.place("A"), tree.place("NEVER")] == ["ROOT", "ROOT"]


def test_a_gap_between_a_units_rows_is_not_its_end() -> None:
    changes = history(
        period("A", end=date(2021, 1, 1)),
        period("A", start=date(2022, 1, 1), end=date(2023, 1, 1), replaced_by="B"),
        period("B"),
    )
    placed = [changes.on(date(year, 6, 1)).place("A") for year in (2020, 2021, 2022, 2023)]
    assert placed == ["A", "ROOT", "A", "B"]


def test_the_tree_is_that_of_the_day() -> None:
    changes = history(
        period("D1"),
        period("D2"),
        period("U", parent="D1", end=date(2021, 1, 1)),
        period("U", parent="D2", start=date(2021, 1, 1)),
    )
    before, after = changes.on(date(2020, 12, 31)), changes.on(date(2021, 1, 1))
    assert before.path("U") == ("U", "D1", "ROOT")
    assert after.path("U") == ("U", "D2", "ROOT")
    assert before.subtree("D1") == {"D1", "U"}
    assert after.subtree("D1") == {"D1"}
    assert after.subtree("GONE") == set()
    assert after.children("ROOT") == ["D1", "D2"]
