"""Case vignettes: a situation, choices, and what each leads to."""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError

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
        icon = "decision"
        label = _("Step")


class CaseBlock(blocks.StructBlock):
    """A branching case. Without scripts all steps can be read in order."""

    key = key_block()
    title = blocks.CharBlock(max_length=120, label=_("Title"))
    start = NameBlock(max_length=40, label=_("Begins with step"))
    steps = blocks.ListBlock(StepBlock(), min_num=2, label=_("Steps"))

    def clean(self, value: Any) -> Any:
        """Refuse a case that can't be walked."""
        cleaned = super().clean(value)
        problems = list(case_problems(cleaned["start"], cleaned["steps"]))
        if problems:
            raise StructBlockValidationError(
                non_block_errors=[ValidationError(problem) for problem in problems]
            )
        return cleaned

    def get_context(
        self, value: Any, parent_context: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        """Adds `steps`, the first one first, each with its number and its choices' numbers."""
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        return context | {"steps": in_order(value.get("start"), value.get("steps") or [])}

    class Meta:
        icon = "decision"
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


def case_problems(start: str, steps: Any) -> Iterator[str]:
    """What keeps a case from being walked from its start to an end, in words."""
    names = [step["id"] for step in steps]
    for name in sorted({name for name in names if names.count(name) > 1}):
        yield gettext("Two steps are called %(name)s.") % {"name": name}
    if start not in names:
        yield gettext("The case begins with %(name)s, which is no step of it.") % {"name": start}
    leads_to: dict[str, set[str]] = {}
    for step in steps:
        choices = step.get("choices") or []
        leads_to[step["id"]] = {choice["to"] for choice in choices}
        for name in sorted(leads_to[step["id"]] - set(names)):
            yield gettext("Step %(step)s leads to %(name)s, which is no step of the case.") % {
                "step": step["id"],
                "name": name,
            }
        if bool(step.get("end")) == bool(choices):
            yield gettext("Step %(step)s must either end the case or offer choices.") % {
                "step": step["id"]
            }
    for name in sorted(set(names) - _reached(start, leads_to)):
        yield gettext("No way leads to step %(step)s.") % {"step": name}


def _reached(start: str, leads_to: dict[str, set[str]]) -> set[str]:
    reached: set[str] = set()
    waiting = [start]
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
