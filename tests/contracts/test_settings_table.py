"""The table of settings in the documentation is what the code reads, default and all."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TABLE = ROOT / "docs" / "operations.md"
SOURCES = [ROOT / "manage.py", *(ROOT / "site").rglob("*.py")]
for app in ("courses", "quizzes", "tracking"):
    SOURCES += (ROOT / app).rglob("*.py")
READERS = {"text", "required", "words", "whole", "switch", "choice", "address"}
ROW = re.compile(r"^\| `([A-Z][A-Z0-9_]+)` \| (.*?) \| (.+) \|$", re.MULTILINE)
# Read where the environment is taken apart by a function that is given the name.
SET_FOR_TOOLS = {"DJANGO_SETTINGS_MODULE"}


def _constants(tree: ast.Module) -> dict[str, object]:
    """Texts a module gives a name to."""
    return {
        ast.unparse(node.targets[0]): node.value.value
        for node in tree.body
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
    }


def _read(source: Path) -> Iterator[tuple[str, str]]:
    """Every variable a file reads: its name, and its default where that is written out."""
    tree = ast.parse(source.read_text(encoding="utf-8"))
    constants = _constants(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Subscript) and ast.unparse(node.value) == "os.environ":
            key, default = node.slice, None
        elif isinstance(node, ast.Call) and node.args:
            called = ast.unparse(node.func)
            of_env = called.startswith("env.") and called.removeprefix("env.") in READERS
            if not of_env and called not in {"os.environ.get", "os.environ.setdefault", "text"}:
                continue
            key, default = node.args[0], node.args[1] if len(node.args) > 1 else None
        else:
            continue
        name = key.value if isinstance(key, ast.Constant) else constants.get(ast.unparse(key))
        if isinstance(name, str):
            yield name, str(default.value) if isinstance(default, ast.Constant) else ""


def _variables() -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for source in SOURCES:
        for name, default in _read(source):
            if name.isupper():
                found.setdefault(name, set()).update({default} - {""})
    return found


def test_every_variable_has_a_row_and_every_row_a_variable() -> None:
    rows = [name for name, _default, _for in ROW.findall(TABLE.read_text(encoding="utf-8"))]
    assert len(rows) == len(set(rows))
    assert sorted(rows) == sorted(_variables()), "docs/operations.md, Settings"


def test_the_defaults_are_those_of_the_code() -> None:
    rows = {name: default for name, default, _for in ROW.findall(TABLE.read_text("utf-8"))}
    switches = {"True": "ja", "False": "nej"}
    missing = [
        (name, default)
        for name, defaults in _variables().items()
        for default in defaults
        if name not in SET_FOR_TOOLS and f"`{switches.get(default, default)}`" not in rows[name]
    ]
    assert missing == []
