"""Cases: steps by name, each with its choices or an end."""

from typing import Any

from django.utils.translation import gettext as _

from courses.modules.blocks.source import BlockSource, key_of
from courses.pages.blocks.cases import case_problems
from foundation.problems import Fields, Problem


def case(source: BlockSource) -> dict[str, Any]:
    """A case that can be walked."""
    fields = source.fields
    steps = Fields.of(fields.get("steps"), fields.file, fields.at("steps"), fields.problems)
    value: dict[str, Any] = {
        "key": key_of(fields),
        "title": fields.text("title", longest=120),
        "start": fields.text("start", longest=40),
        "steps": [_step(source, steps, name) for name in steps.data],
    }
    for problem in case_problems(str(value["start"]), value["steps"]):
        place = steps.place
        if problem.step is not None:
            place = steps.at(value["steps"][problem.step]["id"])
        fields.problems.append(
            Problem(fields.file, place, problem.said, _("a case that can be walked"))
        )
    return value


def _step(source: BlockSource, steps: Fields, name: object) -> dict[str, Any]:
    fields = Fields.of(steps.get(name), steps.file, steps.at(name), steps.problems)
    end = fields.flag("end", needed=False)
    choices = []
    for one in [] if end and "choices" not in fields.data else fields.mappings("choices"):
        choices.append(
            {
                "text": one.text("text"),
                "to": one.text("to", longest=40),
                "feedback": one.text("feedback", needed=False),
            }
        )
        one.done()
    step = {
        "id": str(name),
        "text": source.html(fields, "text"),
        "choices": choices,
        "end": end,
        "verdict": fields.choice("verdict", ["good", "mixed", "poor"], needed=end),
    }
    fields.get("choices")
    fields.done()
    return step
