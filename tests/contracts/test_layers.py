"""Imports only ever point down (config, courses, quizzes, tracking, foundation)."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_imports_only_ever_point_down() -> None:
    # A process of its own: the linter puts every logger of the one it runs in out of use.
    command = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run(
        [command, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout
