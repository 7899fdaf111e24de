"""What a content reported and the server has not got yet: none is lost, none fills the browser.

And what a browser makes of a statement is what the server makes of it.
"""

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from courses.h5p.results.statements import read_statement
from tests.courses.h5p.results.said import entry, statement

HERE = Path(__file__).parent
STATIC = HERE.parents[3] / "static" / "js"
STATEMENTS = (
    statement(),
    statement(sub="a-1"),
    statement(parent=True),
    {"verb": {"id": "https://x.example/answered/"}},
    {"verb": {"id": "answered"}, "object": {"id": "https://x.example/?subContentId=a-1"}},
    {"verb": {"id": "answered"}, "object": {"id": "https://x.example/?subContentId"}},
    {"verb": {"id": "answered"}, "object": {"id": "x", "definition": {"extensions": None}}},
    {"verb": {"id": "answered"}, "context": {"contextActivities": {"parent": []}}},
    {"verb": {"id": "answered"}, "context": {"contextActivities": {"parent": {}}}},
    {"verb": {"id": "answered"}, "context": {"contextActivities": {"parent": {"id": "x"}}}},
)


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What outbox.mjs tells. Copied out, because Node takes modules by a package's word for it."""
    folder = tmp_path_factory.mktemp("js")
    (folder / "h5p").mkdir()
    (folder / "package.json").write_text('{"type": "module"}')
    scripts = ["h5p/outbox.js", "kept.js", "h5p/messages.js", "h5p/statements.js"]
    for script in ("csrf.js", *scripts):
        shutil.copy(STATIC / script, folder / script)
    paths = [str(folder / script) for script in scripts]
    run = ["node", str(HERE / "outbox.mjs"), *paths, json.dumps(STATEMENTS)]
    said = subprocess.run(run, capture_output=True, text=True, check=True, timeout=30)
    found: dict[str, Any] = json.loads(said.stdout)
    return found


def test_what_is_too_much_at_once_goes_in_parts_and_the_odd_one_alone_is_lost(
    told: dict[str, Any],
) -> None:
    assert told["lost"] == ["odd"]
    assert told["twice"] == 0
    assert told["left"] == []


def test_a_content_that_floods_leaves_room_for_what_others_keep(told: dict[str, Any]) -> None:
    assert told["flood"] == [2000, "2499", 64]
    assert told["room"]


def test_what_another_tab_has_left_is_sent_without_telling_that_tab_to_let_go(
    told: dict[str, Any],
) -> None:
    """The key is emptied first, and goes when the next page looks."""
    assert told["other"] == ["of the open tab", True, [], 0]


def test_what_came_since_another_tab_looked_stays_kept(told: dict[str, Any]) -> None:
    assert told["since"] == ["first", "second"]


def test_what_the_server_refuses_or_nobody_has_room_for_is_never_said_to_be_saved(
    told: dict[str, Any],
) -> None:
    said = told["says"]
    assert said["good"] == ["saved"]
    assert said["nonsense"][-1] == "lost"
    assert said["enormous"] == ["lost"]
    assert said["many"] == ["lost", "saved"]


def test_what_is_too_big_is_kept_without_its_words_or_told(told: dict[str, Any]) -> None:
    """Of what it is a part stays, or it would be taken for the whole."""
    assert told["big"] == {
        "essay": {
            "verb": {"id": "answered"},
            "object": {"id": "o", "definition": {"extensions": {"part": "p"}}},
            "result": {"score": {"raw": 1, "max": 2}},
        },
        "billed": True,
        "statement": "tooBig",
        "state": "tooBig",
        "frame": "tooBig",
    }


def test_a_statement_is_read_as_the_server_reads_it(told: dict[str, Any]) -> None:
    known = [read_statement(entry(one)) for one in STATEMENTS]
    assert told["read"] == [[one.verb, one.is_top] for one in known]


def test_what_was_left_on_a_shared_computer_goes_with_the_next_one_or_after_a_week(
    told: dict[str, Any],
) -> None:
    theirs = ["kmv:attempt:1:Q:2", "kmv:h5p:B:Q"]
    mine = ["kmv:attempt:1:P:2", "kmv:theme", "x"]
    assert told["young"] == sorted([*mine, *theirs, "kmv:h5p:A:P"])
    assert told["mine"] == sorted([*mine, "kmv:h5p:A:P"])
    assert told["old"] == mine


def test_a_frame_is_heard_as_long_as_a_content_that_plays_talks(told: dict[str, Any]) -> None:
    heard = told["bears"]
    assert [heard[name] for name in ("handedIn", "played", "moved")] == ["all"] * 3
    assert heard["flood"] < 150
    assert heard["nonsense"] < 400
