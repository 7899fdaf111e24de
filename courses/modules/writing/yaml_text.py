"""YAML as module files are written: one way to write a thing, so that the same says the same."""

from typing import Any

import yaml

WIDTH = 110
# A text longer than this is folded below its name, where nothing in it needs quotes.
SHORT = 100


class _Dumper(yaml.SafeDumper):
    """Safe: writes plain data only."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        """Lists stand in from what they belong to."""
        del indentless
        super().increase_indent(flow, False)

    def ignore_aliases(self, data: Any) -> bool:
        """What is said twice is written twice."""
        return True


def _text(dumper: _Dumper, text: str) -> yaml.ScalarNode:
    """Several lines as they stand, a long one folded, the rest as YAML likes it."""
    style = "|" if "\n" in text else ">" if len(text) > SHORT else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _text)


def yaml_text(data: Any) -> str:
    """Plain data as YAML; "" for a mapping without names."""
    if data == {}:
        return ""
    return yaml.dump(data, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=WIDTH)


def markdown_value(markdown: str) -> str:
    """Markdown as a YAML text: several paragraphs end with a line's end, as files are read."""
    return markdown + "\n" if "\n" in markdown else markdown
