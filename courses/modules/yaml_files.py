"""YAML as module files write it: a name given twice is an error, not the last one's victory."""

from pathlib import Path
from typing import Any

import yaml
from django.utils.translation import gettext as _

from foundation.problems import Problem


class _Loader(yaml.SafeLoader):
    """Safe: builds plain data only."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen: set[Any] = set()
        for key_node, _value in node.value:
            key = self.construct_object(key_node, deep=True)
            if isinstance(key, str | bool | int) and key in seen:
                raise yaml.MarkedYAMLError(
                    problem=_("%(name)s is given twice") % {"name": key},
                    problem_mark=key_node.start_mark,
                )
            seen.add(key)
        return super().construct_mapping(node, deep)


def read_yaml(text: str, *, file: str, line: int, problems: list[Problem]) -> Any:
    """The data of a YAML text that begins on `line` of its file; None, with a problem, if it
    can't be read."""
    try:
        return yaml.load(text, Loader=_Loader)  # nosec B506: a SafeLoader
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        at = line + mark.line if mark else line
        place = _("line %(number)d") % {"number": at}
        problems.append(Problem(file, place, error.problem or str(error), _("valid YAML")))
    except yaml.YAMLError as error:
        problems.append(Problem(file, "", str(error), _("valid YAML")))
    return None


def read_text(path: Path, *, file: str, problems: list[Problem]) -> str | None:
    """A file's text; None, with a problem, if there is none or it is not UTF-8."""
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        problems.append(Problem(file, "", None, _("a file of this name")))
    except UnicodeDecodeError as error:
        problems.append(Problem(file, "", str(error), _("text in UTF-8")))
    return None
