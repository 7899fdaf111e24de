"""What a content reported and the server has not got yet: none is lost, none fills the browser."""

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent
STATIC = HERE.parents[3] / "static" / "js"


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What outbox.mjs tells. Copied out, because Node takes modules by a package's word for it."""
    folder = tmp_path_factory.mktemp("js")
    (folder / "h5p").mkdir()
    (folder / "package.json").write_text('{"type": "module"}')
    scripts = ["h5p/outbox.js", "kept.js", "h5p/messages.js"]
    for script in ("csrf.js", *scripts):
        shutil.copy(STATIC / script, folder / script)
    run = ["node", str(HERE / "outbox.mjs"), *(str(folder / script) for script in scripts)]
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
