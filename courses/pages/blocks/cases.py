"""Case vignettes: a situation, choices, and what each leads to."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.list_block import ListBlockValidationError
from wagtail.blocks.struct_block import StructBlockValidationError

from courses.pages.blocks.case_map import drawn_map, map_steps
from courses.pages.blocks.keys import NameBlock, key_block
from courses.pages.blocks.text import INNER_FEATURES


class CaseChoiceBlock(blocks.StructBlock):
    """Something one may do, and where it leads."""

    text = blocks.TextBlock(rows=2, label=_("What one does"))
    to = NameBlock(max_length=40, label=_("Leads to step"), help_text=_("The step's name."))
    feedback = blocks.TextBlock(rows=2, required=False, label=_("What that means"))

    class Meta:
        icon = "arrow-right"
        label = _("Choice")
        label_format = "{text} → {to}"


class StepBlock(blocks.StructBlock):
    """A moment of the case."""

    id = NameBlock(
        max_length=40, label=_("Name"), help_text=_("Short, for choices to lead to: a, b, c.")
    )
    text = blocks.RichTextBlock(features=INNER_FEATURES, label=_("What happens"))
    choices = blocks.ListBlock(CaseChoiceBlock(), default=[], label=_("Choices"))
    end = blocks.BooleanBlock(required=False, label=_("The case ends here"))
    verdict = blocks.ChoiceBlock(
        choices=[
            ("good", _("It went well")),
            ("mixed", _("It went partly well")),
            ("poor", _("It could have gone better")),
        ],
        required=False,
        label=_("How it went"),
    )

    class Meta:
        icon = "redirect"
        label = _("Step")
        label_format = "{id}: {text}"


class CaseBlock(blocks.StructBlock):
    """A branching case. Without scripts all steps can be read in order."""

    key = key_block()
    title = blocks.CharBlock(max_length=120, label=_("Title"))
    start = NameBlock(max_length=40, label=_("Begins with step"))
    steps = blocks.ListBlock(StepBlock(), min_num=2, collapsed=True, label=_("Steps"))

    def clean(self, value: Any) -> Any:
        """Refuse a case that can't be walked, at the steps where it can't."""
        cleaned = super().clean(value)
        problems = list(case_problems(cleaned["start"], cleaned["steps"]))
        if problems:
            raise _refused(problems)
        return cleaned

    def get_context(
        self, value: Any, parent_context: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        """Adds `steps`, the first one first, each with its number and its choices' numbers.

        To who writes it (`for_author`) also `map` and `map_steps`.
        """
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        start, steps = value.get("start"), value.get("steps") or []
        if (parent_context or {}).get("for_author"):
            plain = map_steps(steps)
            drawn = drawn_map(start, plain, value.get("title") or "")
            context |= {"map": drawn, "map_steps": plain}
        return context | {"steps": in_order(start, steps)}

    class Meta:
        icon = "redirect"
        label = _("Case")
        description = _("A situation with choices and consequences. Invent the people.")
        template = "courses/blocks/case.html"
        preview_value = {
            "key": "exempel",
            "title": "Sällskapet",
            "start": "a",
            "steps": [
                {
                    "id": "a",
                    "text": "<p>Hennes make vill vara med i rummet. Vad säger du?</p>",
                    "choices": [
                        {
                            "text": "Alla besök börjar med en stund enskilt.",
                            "to": "b",
                            "feedback": "En ordning för alla pekar inte ut någon.",
                        }
                    ],
                },
                {"id": "b", "text": "<p>Han väntar utanför.</p>", "end": True, "verdict": "good"},
            ],
        }


class CaseProblem(NamedTuple):
    """What is wrong, and with which step: its place from 0, None for the case as a whole."""

    step: int | None
    said: str


def case_problems(start: str, steps: Any) -> Iterator[CaseProblem]:
    """What keeps a case from being walked from its start to an end, in words."""
    names = [step["id"] for step in steps]
    for name in sorted({name for name in names if names.count(name) > 1}):
        said = gettext("Two steps are called %(name)s.") % {"name": name}
        yield CaseProblem(_last(names, name), said)
    if start not in names:
        said = gettext("The case begins with %(name)s, which is no step of it.")
        yield CaseProblem(None, said % {"name": start})
    leads_to: dict[str, set[str]] = {}
    ends: set[str] = set()
    for place, step in enumerate(steps):
        name, choices = step["id"], step.get("choices") or []
        leads_to[name] = {choice["to"] for choice in choices}
        for to in sorted(leads_to[name] - set(names)):
            said = gettext("Step %(step)s leads to %(name)s, which is no step of the case.")
            yield CaseProblem(place, said % {"step": name, "name": to})
        if bool(step.get("end")) == bool(choices):
            said = gettext("Step %(step)s must either end the case or offer choices.")
            yield CaseProblem(place, said % {"step": name})
        if not choices:
            ends.add(name)
    reached = _reached([start], leads_to)
    for name in sorted(set(names) - reached):
        said = gettext("No way leads to step %(step)s.") % {"step": name}
        yield CaseProblem(_last(names, name), said)
    leading_away = {name for name, to in leads_to.items() if to - set(names)}
    ending = _reached([*ends, *leading_away], _turned(leads_to))
    for name in sorted((reached & set(names)) - ending):
        said = gettext("From step %(step)s no way leads to an end: the choices go in a circle.")
        yield CaseProblem(_last(names, name), said % {"step": name})


def _refused(problems: list[CaseProblem]) -> StructBlockValidationError:
    """The problems as the editor shows them: each at its step."""
    at_steps: dict[int, list[ValidationError]] = {}
    for problem in problems:
        if problem.step is not None:
            at_steps.setdefault(problem.step, []).append(ValidationError(problem.said))
    whole = [ValidationError(one.said) for one in problems if one.step is None]
    block_errors: dict[str, ValidationError] = {}
    if at_steps:
        block_errors["steps"] = ListBlockValidationError(
            block_errors={
                place: StructBlockValidationError(non_block_errors=said)
                for place, said in at_steps.items()
            }
        )
    return StructBlockValidationError(block_errors=block_errors, non_block_errors=whole)


def _last(names: list[str], name: str) -> int:
    return len(names) - 1 - names[::-1].index(name)


def _turned(leads_to: dict[str, set[str]]) -> dict[str, set[str]]:
    back: dict[str, set[str]] = {}
    for name, others in leads_to.items():
        for other in others:
            back.setdefault(other, set()).add(name)
    return back


def _reached(start: list[str], leads_to: dict[str, set[str]]) -> set[str]:
    reached: set[str] = set()
    waiting = list(start)
    while waiting:
        name = waiting.pop()
        if name not in reached:
            reached.add(name)
            waiting.extend(leads_to.get(name, ()))
    return reached


def in_order(start: str | None, steps: Any) -> list[dict[str, Any]]:
    """The steps as a reader meets them: the first one first, then as they are written."""
    ordered = sorted(steps, key=lambda step: step["id"] != start)
    numbers = {step["id"]: number for number, step in enumerate(ordered, start=1)}
    return [
        {
            "id": step["id"],
            "number": numbers[step["id"]],
            "text": step["text"],
            "verdict": step.get("verdict") if step.get("end") else "",
            "choices": [
                {
                    "text": choice["text"],
                    "feedback": choice.get("feedback") or "",
                    "to": choice["to"],
                    "number": numbers.get(choice["to"]),
                }
                for choice in step.get("choices") or []
            ],
        }
        for step in ordered
    ]
