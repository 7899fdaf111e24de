"""The demo city's files: the same every time, valid, and as the demo's story needs them."""

import os
import subprocess
import sys
from collections import Counter
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from config.demo.accounts import DEMO_ACCOUNTS
from config.demo.catalogue import INTRODUCTION
from config.demo.city import EARLIEST_TODAY, write_city
from config.demo.people import UNKNOWN_UNITS
from config.demo.writing import LAYOUTS, Kind
from courses.modules.reading import read_module
from tests.config.demo.conftest import TODAY, City
from tracking.targets.expressions import Placed, folded, parse_audience, parse_courses

SITE = Path(__file__).resolve().parents[3] / "site"
MODULES = SITE.parent / "courses" / "modules"
BOM = b"\xef\xbb\xbf"


def contents(directory: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(directory)): path.read_bytes()
        for path in sorted(directory.rglob("*.csv"))
    }


@pytest.mark.parametrize("hash_seed", ["1", "77"])
def test_the_same_day_gives_the_same_bytes_whatever_the_hash_seed(city: City, tmp_path, hash_seed):
    program = (
        "import sys; from datetime import date; from pathlib import Path;"
        "from config.demo.city import write_city;"
        "write_city(Path(sys.argv[1]), today=date.fromisoformat(sys.argv[2]));"
        "assert 'django' not in sys.modules"
    )
    subprocess.run(
        [sys.executable, "-c", program, str(tmp_path), TODAY.isoformat()],
        env={**os.environ, "PYTHONHASHSEED": hash_seed, "PYTHONPATH": str(SITE)},
        check=True,
    )
    assert contents(tmp_path) == contents(city.written.directory)


def test_a_later_day_moves_the_deadlines_and_clears_what_the_earlier_left(tmp_path):
    first = write_city(tmp_path, today=TODAY)
    before = City.read(first.files[Kind.TARGETS])
    second = write_city(tmp_path, today=TODAY + timedelta(days=31))
    after = City.read(second.files[Kind.TARGETS])
    assert [row["kod"] for row in after] == [row["kod"] for row in before]
    assert [row["senast"] for row in after] != [row["senast"] for row in before]
    assert {path.name for path in (tmp_path / "batches").iterdir()} == {
        batch.path.name for batch in second.batches
    }


def test_a_day_before_the_last_merger_has_settled_is_refused(tmp_path):
    with pytest.raises(ValueError, match="2024-07-01"):
        write_city(tmp_path, today=EARLIEST_TODAY - timedelta(days=1))


@pytest.mark.parametrize("kind", list(Kind))
def test_files_have_the_columns_and_each_key_once(city: City, kind: Kind):
    layout = LAYOUTS[kind]
    raw = city.written.files[kind].read_bytes()
    assert raw.startswith(BOM + ";".join(layout.columns).encode() + b"\r\n")
    rows = city.rows[kind]
    keys = [tuple(row[column] for column in layout.key) for row in rows]
    assert keys == sorted(set(keys))


def test_three_thousand_people_work_in_the_city_today(city: City):
    today = city.on(Kind.STAFF, TODAY)
    assert len({row["person_id"] for row in today}) == 3000
    new = {row["person_id"] for row in city.rows[Kind.STAFF]} - {
        row["person_id"] for row in city.on(Kind.STAFF, TODAY - timedelta(days=90))
    }
    assert 60 <= len(new & {row["person_id"] for row in today}) <= 160
    people = {row["person_id"]: row for row in city.rows[Kind.STAFF]}
    assert len(people) > 3500
    assert sum(row["skyddad"] == "ja" for row in people.values()) == 8


def test_a_person_has_one_name_and_an_address_of_their_own(city: City):
    who = {
        (row["person_id"], row["fornamn"], row["efternamn"], row["epost"], row["skyddad"])
        for row in city.rows[Kind.STAFF]
    }
    assert len({one[0] for one in who}) == len(who) == len({one[3] for one in who})
    assert all(one[3].endswith("@demo.example") and one[3].isascii() for one in who)


@pytest.mark.parametrize(
    ("day", "districts"),
    [
        (date(2015, 1, 1), 14),
        (date(2020, 6, 30), 14),
        (date(2020, 7, 1), 13),
        (date(2023, 6, 30), 13),
        (date(2023, 7, 1), 11),
        (TODAY, 11),
    ],
)
def test_the_districts_were_fourteen_then_thirteen_then_eleven(city: City, day, districts):
    units = city.on(Kind.ORGANISATION, day)
    assert sum(unit["typ"] == "stadsdelsnamnd" for unit in units) == districts
    assert [unit["kod"] for unit in units if not unit["overordnad"]] == ["STHLM"]


def test_every_merged_unit_names_a_successor_that_begins_the_day_after(city: City):
    rows = city.rows[Kind.ORGANISATION]
    begins = {row["kod"]: row["fran"] for row in reversed(rows)}
    last = {row["kod"]: row for row in rows}
    ended = [row for row in last.values() if row["till"]]
    assert {row["till"] for row in ended} == {"2020-06-30", "2023-06-30"}
    for row in ended:
        day_after = date.fromisoformat(row["till"]) + timedelta(days=1)
        assert begins[row["ersatts_av"]] == day_after.isoformat()
    assert last["SDN-RK"]["ersatts_av"] == last["SDN-ST"]["ersatts_av"] == "SDN-JARVA"


def test_a_parent_stands_during_the_whole_of_its_childs_days(city: City):
    rows = city.rows[Kind.ORGANISATION]
    for row in rows:
        if not row["overordnad"]:
            continue
        parents = [
            (parent["fran"], parent["till"] or "9999")
            for parent in rows
            if parent["kod"] == row["overordnad"]
        ]
        assert any(
            first <= row["fran"] and (row["till"] or "9999") <= last for first, last in parents
        ), row


@pytest.mark.parametrize("kind", [Kind.STAFF, Kind.ORGANISATION])
def test_periods_of_one_thing_do_not_overlap(city: City, kind: Kind):
    same = LAYOUTS[kind].key[:-1]
    for before, after in pairwise(city.rows[kind]):
        if all(before[column] == after[column] for column in same):
            assert before["till"]
            assert before["fran"] <= before["till"] < after["fran"]


def test_employments_are_in_units_of_their_day_or_in_the_few_unknown_ones(city: City):
    begins: dict[str, str] = {}
    for unit in city.rows[Kind.ORGANISATION]:
        begins.setdefault(unit["kod"], unit["fran"])
    rows = city.rows[Kind.STAFF]
    unknown = {row["enhet"] for row in rows} - set(begins)
    assert unknown == set(UNKNOWN_UNITS)
    assert all(begins.get(row["enhet"], "") <= row["fran"] for row in rows)
    # Some rows were left in a unit that a merger ended: they count in its successor.
    ended = {u["kod"] for u in city.rows[Kind.ORGANISATION]} - {
        u["kod"] for u in city.on(Kind.ORGANISATION, TODAY)
    }
    assert sum(row["enhet"] in ended for row in city.on(Kind.STAFF, TODAY)) > 40


def test_every_unit_of_today_has_a_manager(city: City):
    managed = {row["enhet"] for row in city.on(Kind.STAFF, TODAY) if row["chef"] == "ja"}
    assert {unit["kod"] for unit in city.on(Kind.ORGANISATION, TODAY)} == managed


def test_modules_are_named_and_take_as_long_as_their_files_say(city: City):
    """Otherwise a second load would change a published module by file, and be refused."""
    rows = {row["kod"]: row for row in city.rows[Kind.COURSES] if row["form"] == "modul"}
    modules = [read_module(MODULES / folder) for folder in ("freda", "introduktion")]
    assert set(rows) == {module.code for module in modules}
    for module in modules:
        assert module.quiz
        minutes = sum(lesson.minutes for lesson in module.lessons) + module.quiz.minutes
        row = rows[module.code]
        assert (row["namn"], int(row["minuter"])) == (module.title, minutes)


def test_some_work_in_two_districts(city: City):
    posts = Counter(row["person_id"] for row in city.on(Kind.STAFF, TODAY))
    assert 15 <= sum(number == 2 for number in posts.values()) <= 30
    assert max(posts.values()) == 2


def test_targets_and_exemptions_name_what_there_is(city: City):
    courses = {row["kod"]: row for row in city.rows[Kind.COURSES]}
    units = {row["kod"] for row in city.on(Kind.ORGANISATION, TODAY)}
    targets = city.rows[Kind.TARGETS]
    for row in targets:
        assert {code for way in parse_courses(row["kurser"]) for code in way} <= set(courses)
        assert parse_audience(row["omfattar"]).named("enhet") <= units
        assert row["programmal"] in set("123456")
        assert row["kalla"]
        if row["niva"] == "erbjuden":
            assert not row["senast"]
            assert not row["giltighet_manader"]
        if row["senast"] or row["dagar_nyanstalld"] or row["giltighet_manader"]:
            assert row["antagande"] == "ja"
    assert 16 <= len(targets) <= 24
    assert {row["mal"] for row in city.rows[Kind.EXEMPTIONS]} <= {row["kod"] for row in targets}
    taken = {row["kurs"] for row in city.rows[Kind.COMPLETIONS]}
    # The introduction taken here is new: whoever has been introduced has been so in a classroom.
    assert taken == set(courses) - {INTRODUCTION}


def test_nobody_is_told_of_before_hr_knows_them_and_nothing_lies_ahead(city: City):
    known: set[str] = set()
    moments = [batch.recorded_at for batch in city.written.batches]
    assert moments == sorted(moments)
    assert moments[-1].date() < TODAY
    for batch in city.written.batches:
        rows = city.read(batch.path)
        if batch.kind == Kind.STAFF:
            known |= {row["person_id"] for row in rows}
        elif "person_id" in LAYOUTS[batch.kind].columns:
            assert {row["person_id"] for row in rows} <= known
        if "datum" in LAYOUTS[batch.kind].columns:
            assert max(row["datum"] for row in rows) <= batch.recorded_at.date().isoformat()


def test_a_row_known_late_comes_in_a_later_slice(city: City):
    late = 0
    for batch in city.written.batches:
        if batch.kind == Kind.COMPLETIONS:
            year_before = (batch.recorded_at.date() - timedelta(days=366)).isoformat()
            late += sum(row["datum"] < year_before for row in city.read(batch.path))
    assert late > 50


def placed(city: City, row: dict[str, str]) -> Placed:
    """An employment in a unit of today, as a target's audience sees it."""
    units = {unit["kod"]: unit for unit in city.on(Kind.ORGANISATION, TODAY)}
    path, code = [], row["enhet"]
    while code:
        path.append(code)
        code = units[code]["overordnad"]
    return Placed(
        frozenset(path),
        frozenset(units[code]["typ"] for code in path),
        folded(row["befattning"]),
        folded(row["verksamhetsomrade"]),
        row["chef"] == "ja",
    )


def test_the_people_behind_the_accounts_are_who_the_demo_says(city: City):
    now = {row["person_id"]: row for row in city.on(Kind.STAFF, TODAY)}
    ids = {account.username: account.person_id for account in DEMO_ACCOUNTS}
    assert ids["administrator"] is None
    worker, manager, head = (
        now[ids[name]] for name in ("medarbetare", "enhetschef", "stadsdelschef")
    )
    assert (worker["befattning"], worker["enhet"]) == ("handläggare", "SDN-JARVA-EB")
    assert (manager["befattning"], manager["enhet"]) == ("enhetschef", "SDN-JARVA-EB")
    assert manager["chef"] == "ja"
    assert (head["befattning"], head["enhet"]) == ("stadsdelsdirektör", "SDN-JARVA")
    assert head["chef"] == "ja"
    staff = {row["person_id"] for row in now.values() if row["enhet"] == "SDN-JARVA-EB"}
    assert 12 <= len(staff) <= 25
    duties = {(r["person_id"], r["roll"], r["enhet"]) for r in city.on(Kind.DUTIES, TODAY)}
    assert (ids["nyckelperson"], "nyckelperson", "SDN-JARVA") in duties
    assert (ids["samordnare"], "samordnare", "STHLM") in duties
    assert all(now[person]["skyddad"] == "nej" for person in ids.values() if person)


def test_the_medarbetare_has_freda_before_her_and_a_month_to_do_it_in(city: City):
    [jobs] = [row for row in city.rows[Kind.STAFF] if row["person_id"] == "D00001"]
    [target] = [row for row in city.rows[Kind.TARGETS] if row["kod"] == "K05-FRAGA"]
    assert parse_audience(target["omfattar"]).includes(placed(city, jobs))
    new = date.fromisoformat(jobs["fran"]) + timedelta(days=int(target["dagar_nyanstalld"]))
    due = max(new, date.fromisoformat(target["senast"]))
    assert 14 <= (due - TODAY).days <= 35
    done = {r["kurs"] for r in city.rows[Kind.COMPLETIONS] if r["person_id"] == "D00001"}
    begun = {r["kurs"] for r in city.rows[Kind.STARTS] if r["person_id"] == "D00001"}
    assert done == {"NCK-VALD", "HEDER-WEBB"}
    assert begun == set()
    assert not [r for r in city.rows[Kind.ABSENCE] if r["person_id"] == "D00001"]
