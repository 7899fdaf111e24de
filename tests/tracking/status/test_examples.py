"""STATUS.md 7's examples, with their own words, through the import and export commands."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from tests.tracking.commands import exported, load
from tests.tracking.rows import Batch
from tests.tracking.status import situations

pytestmark = pytest.mark.django_db


def loaded(folder: Path, batches: list[Batch]) -> Path:
    for batch in batches:
        load(folder, batch)
    return folder


def test_1_a_unit_ended_and_was_replaced_and_she_is_forsenad_not_new(tmp_path):
    """Unit SDN-RK (Rinkeby-Kista) ends 2023-06-30, replaced by SDN-JARVA. A's employment in
    SDN-RK runs from 2022-01-10, open. As of 2023-08-01 A counts in SDN-JARVA; her stretch began
    2022-01-10, so T was due 2022-12-31: without a completion she is forsenad, not new.
    """
    folder = loaded(tmp_path, situations.REORGANISATION)
    assert exported("export_status", folder, date(2023, 8, 1)) == [
        {
            "person_id": "A",
            "mal": "T",
            "status": "forsenad",
            "klar_datum": "",
            "giltig_till": "",
            "senast": "2022-12-31",
            "start": "2022-01-10",
        }
    ]
    summary = exported("export_summary", folder, date(2023, 8, 1))
    assert [row["enhet"] for row in summary] == ["SDN-JARVA", "STAD"]
    assert summary[0] == {
        "enhet": "SDN-JARVA",
        "mal": "T",
        "malgrupp": "1",
        "undantagna": "0",
        "klara": "0",
        "utgangna": "0",
        "forsenade": "1",
        "pagaende": "0",
        "ej_paborjade": "0",
        "andel": "0",
        "uppfyllt": "nej",
    }


def test_2_on_the_last_day_of_the_old_unit_the_same_a_counts_there(tmp_path):
    """As of 2023-06-30 the same A counts in SDN-RK, and SDN-JARVA is not in the report."""
    folder = loaded(tmp_path, situations.REORGANISATION)
    summary = exported("export_summary", folder, date(2023, 6, 30))
    assert [(row["enhet"], row["malgrupp"]) for row in summary] == [("SDN-RK", "1"), ("STAD", "1")]


def test_3_grund_expires_first(tmp_path):
    """T's courses are HEDER|GRUND+FORDJUP. B has GRUND 2022-03-01 and FORDJUP 2022-09-01,
    validity 24 months: reached 2022-09-01, valid through 2024-03-01 (GRUND expires first). As of
    2024-03-01 klar; as of 2024-03-02 utgangen.
    """
    folder = loaded(tmp_path, situations.ALTERNATIVES)
    (last_day,) = exported("export_status", folder, date(2024, 3, 1))
    (day_after,) = exported("export_status", folder, date(2024, 3, 2))
    columns = ("status", "klar_datum", "giltig_till")
    assert [last_day[name] for name in columns] == ["klar", "2022-09-01", "2024-03-01"]
    assert [day_after[name] for name in columns] == ["utgangen", "2022-09-01", "2024-03-01"]


def test_3_the_best_alternative_is_heder(tmp_path):
    """If B also has HEDER 2023-01-15, the best alternative is HEDER, valid through 2025-01-15."""
    folder = loaded(tmp_path, [*situations.ALTERNATIVES, situations.ALSO_HEDER])
    (row,) = exported("export_status", folder, date(2024, 3, 2))
    assert (row["status"], row["klar_datum"], row["giltig_till"]) == (
        "klar",
        "2023-01-15",
        "2025-01-15",
    )


def test_4_fifty_percent_in_farsta_and_fifty_in_bromma(tmp_path):
    """C works 50 % in Farsta and 50 % in Bromma, same befattning. She is one person in each
    district's malgrupp and one in the city's.
    """
    folder = loaded(tmp_path, situations.TWO_DISTRICTS)
    summary = exported("export_summary", folder, date(2024, 1, 1))
    assert {row["enhet"]: row["malgrupp"] for row in summary} == {
        "SDN-BROMMA": "1",
        "SDN-FARSTA": "1",
        "STAD": "1",
    }


def test_5_the_hired_get_dagar_nyanstalld(tmp_path):
    """D is in the audience from 2024-11-01 (hired), T has senast 2022-12-31 and
    dagar_nyanstalld 90: due 2025-01-30.
    """
    folder = loaded(tmp_path, situations.NEWLY_HIRED)
    (row,) = exported("export_status", folder, date(2025, 1, 30))
    assert (row["status"], row["senast"], row["start"]) == (
        "ej_paborjad",
        "2025-01-30",
        "2024-11-01",
    )
    (row,) = exported("export_status", folder, date(2025, 1, 31))
    assert row["status"] == "forsenad"


def test_6_a_completion_entered_afterwards(tmp_path):
    """A completion dated 2024-04-20 is entered on 2024-06-03. The report as of 2024-04-30 known
    at 2024-05-15 shows ej_paborjad; as of 2024-04-30 known now, klar.
    """
    folder = loaded(tmp_path, situations.ENTERED_LATE)
    then = datetime(2024, 5, 15, tzinfo=UTC)
    (row,) = exported("export_status", folder, date(2024, 4, 30), known_at=then)
    assert row["status"] == "ej_paborjad"
    (row,) = exported("export_status", folder, date(2024, 4, 30))
    assert (row["status"], row["klar_datum"]) == ("klar", "2024-04-20")


@pytest.mark.parametrize(
    ("done", "people", "share", "met"),
    [(199, 200, "99", {"T100": "nej", "T99": "ja"}), (197, 199, "98", {"T99": "nej"})],
)
def test_7_a_share_is_rounded_down_and_compared_exactly(tmp_path, done, people, share, met):
    """199 of 200 done: andel 99; a target of 100 is not met; a target of 99 is met (99,5 >= 99).
    197 of 199 done is 98; a target of 99 is not met (98,99 < 99).
    """
    wanted = [int(code.removeprefix("T")) for code in met]
    folder = loaded(tmp_path, situations.shares(done, people, *wanted))
    summary = exported("export_summary", folder, date(2024, 1, 1), unit="SDN-FARSTA")
    assert {row["mal"]: row["uppfyllt"] for row in summary} == met
    assert {row["andel"] for row in summary} == {share}
    assert {(row["malgrupp"], row["klara"]) for row in summary} == {(str(people), str(done))}
