"""Cases to be placed in groups."""

from random import Random
from typing import Any, NotRequired, TypedDict

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import blocks
from wagtail.blocks import Block, StructValue

from foundation.problems import Fields
from quizzes.types.authoring import (
    LONGEST_TEXT,
    Ids,
    children,
    feedback_block,
    file_rule,
    items,
    list_of,
    rule_block,
    said,
    text_block,
)
from quizzes.types.base import (
    Choice,
    Content,
    InvalidContent,
    InvalidResponse,
    refuse_blank,
    refuse_twins,
)
from quizzes.types.in_parts import InParts


class Group(TypedDict):
    """Where cases can be placed."""

    id: str
    text: str


class Case(TypedDict):
    """What is to be placed; `group` is the id of its right group."""

    id: str
    text: str
    group: str
    feedback: str


class CategoriseContent(Content):
    """Groups and cases in the author's order; `shown` is that of the cases once shuffled."""

    groups: list[Group]
    cases: list[Case]
    rule: NotRequired[str]
    shown: NotRequired[list[str]]


class Categorise(InParts[CategoriseContent]):
    """Choose a group for each case; the answer is the group of each case's id."""

    name = "categorise"
    label = gettext_lazy("Place in groups")
    hint = gettext_lazy("Choose a group for each.")
    icon = "folder-open-inverse"

    def form(self) -> list[tuple[str, Block]]:
        case = blocks.StructBlock(
            [
                ("text", text_block(gettext_lazy("Case"))),
                ("feedback", feedback_block()),
            ],
            label=gettext_lazy("Case"),
        )
        group = blocks.StructBlock(
            [
                ("text", text_block(gettext_lazy("The group's name"))),
                ("cases", list_of(case, gettext_lazy("Cases that belong here"), low=0, high=12)),
            ],
            label=gettext_lazy("Group"),
        )
        return [
            (
                "groups",
                list_of(
                    group,
                    gettext_lazy("Groups"),
                    low=2,
                    high=6,
                    help_text=gettext_lazy("The cases of all groups are shown mixed."),
                ),
            ),
            ("rule", rule_block(self.rules)),
        ]

    def from_block(self, value: StructValue) -> dict[str, Any]:
        groups = children(value, "groups")
        cases = [
            _case(name, case["text"], group, case["feedback"] or "")
            for group, one in groups
            for name, case in children(one, "cases")
        ]
        return {
            "groups": [{"id": name, "text": group["text"]} for name, group in groups],
            "cases": cases,
            "rule": value["rule"],
        }

    def to_block(self, content: CategoriseContent) -> dict[str, Any]:
        groups = items(
            (
                group["id"],
                {
                    "text": group["text"],
                    "cases": items(
                        (case["id"], {"text": case["text"], "feedback": case["feedback"]})
                        for case in _in_group(content, group)
                    ),
                },
            )
            for group in content["groups"]
        )
        return {"groups": groups, "rule": self.rule(content).value}

    def from_file(self, fields: Fields, ids: Ids) -> dict[str, Any]:
        groups: list[Group] = []
        cases: list[Case] = []
        for one in fields.mappings("groups"):
            name = one.text("text", longest=LONGEST_TEXT)
            groups.append({"id": ids("group", name), "text": name})
            for case in one.mappings("cases", needed=False):
                text = case.text("text", longest=LONGEST_TEXT)
                feedback = case.text("feedback", needed=False)
                cases.append(_case(ids("case", text), text, groups[-1]["id"], feedback))
                case.done()
            one.done()
        rule = file_rule(fields, self.rules)
        return {"groups": groups, "cases": cases, "rule": rule}

    def to_file(self, content: CategoriseContent) -> dict[str, Any]:
        groups = [
            {
                "text": group["text"],
                "cases": [
                    {"text": case["text"]} | said(feedback=case["feedback"])
                    for case in _in_group(content, group)
                ],
            }
            for group in content["groups"]
        ]
        return {"groups": groups, "rule": self.rule(content).value}

    def check(self, content: CategoriseContent) -> None:
        groups, cases = content["groups"], content["cases"]
        if len(groups) < 2:
            raise InvalidContent(_("At least two groups are needed."))
        if len(cases) < 2:
            raise InvalidContent(_("At least two cases are needed to place."))
        for at in ("id", "text"):
            refuse_twins([str(one.get(at)) for one in groups], _("Two groups are the same."))
            refuse_twins([str(one.get(at)) for one in cases], _("Two cases are the same."))
        refuse_blank([one["text"] for one in groups], _("A group has no name."))
        refuse_blank([one["text"] for one in cases], _("A case has no text."))
        if not {case["group"] for case in cases} <= {group["id"] for group in groups}:
            raise InvalidContent(_("A case belongs to a group that there is not."))
        self.check_rule(content)

    def parts(self, content: CategoriseContent) -> list[str]:
        return [case["id"] for case in content["cases"]]

    def value(self, content: CategoriseContent, part: str, given: str) -> str:
        if given not in _names(content):
            raise InvalidResponse(_("The answer names an option that the question does not have."))
        return given

    def key(self, content: CategoriseContent) -> dict[str, str]:
        return {case["id"]: case["group"] for case in content["cases"]}

    def public(self, content: CategoriseContent, answer: dict[str, str]) -> dict[str, Any]:
        return {
            "groups": content["groups"],
            "cases": [
                {"id": case["id"], "text": case["text"], "value": answer.get(case["id"], "")}
                for case in _shown(content)
            ],
        }

    def judged(self, content: CategoriseContent, answer: dict[str, str]) -> dict[str, Any]:
        names = _names(content)
        return {
            "groups": content["groups"],
            "cases": [
                {
                    "id": case["id"],
                    "text": case["text"],
                    "given": names.get(answer.get(case["id"], ""), ""),
                    "right": names[case["group"]],
                    "correct": answer.get(case["id"]) == case["group"],
                    "feedback": case["feedback"],
                }
                for case in _shown(content)
            ],
        }

    def shuffled(self, content: CategoriseContent, random: Random) -> CategoriseContent:
        """The cases; groups stay as the author has them."""
        ids = self.parts(content)
        return {**content, "shown": random.sample(ids, len(ids))}

    def possible(self, content: CategoriseContent) -> list[Choice]:
        return [
            self.as_choice(content, case["id"], group["id"])
            for case in content["cases"]
            for group in content["groups"]
        ]

    def as_choice(self, content: CategoriseContent, part: str, value: str) -> Choice:
        right = self.key(content)[part]
        return Choice(part, value, _names(content)[value], value == right)


def _names(content: CategoriseContent) -> dict[str, str]:
    return {group["id"]: group["text"] for group in content["groups"]}


def _case(name: str, text: str, group: str, feedback: str) -> Case:
    return {"id": name, "text": text, "group": group, "feedback": feedback}


def _in_group(content: CategoriseContent, group: Group) -> list[Case]:
    return [case for case in content["cases"] if case["group"] == group["id"]]


def _shown(content: CategoriseContent) -> list[Case]:
    """The cases as a page shows them; where nobody shuffles, in an order that says nothing."""
    by_id = {case["id"]: case for case in content["cases"]}
    return [by_id[one] for one in content.get("shown") or sorted(by_id)]
