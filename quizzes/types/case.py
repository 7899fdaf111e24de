"""A case in steps: what is chosen decides what comes next, and the path is what is graded."""

from fractions import Fraction
from random import Random
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.blocks import Block, StructValue

from foundation.problems import Fields
from quizzes.types.authoring import (
    LONGEST_TEXT,
    Ids,
    children,
    items,
    said,
)
from quizzes.types.base import (
    Choice,
    Graded,
    InvalidContent,
    InvalidResponse,
    QuestionType,
    ids_in,
    refuse_blank,
    refuse_twins,
)
from quizzes.types.case_form import LONGEST_NAME, case_form
from quizzes.types.case_paths import (
    MOST_POINTS,
    CaseContent,
    Step,
    Way,
    best_of,
    check_paths,
    check_way,
    steps_of,
    worth,
)


class CaseType(QuestionType[CaseContent, list[str]]):
    """Choose step by step; the answer is the path so far. What was chosen is not changed."""

    name = "case"
    in_steps = True
    label = gettext_lazy("Case in steps")
    hint = gettext_lazy("Choose step by step. What you choose decides what happens next.")
    icon = "redirect"

    def form(self) -> list[tuple[str, Block]]:
        return case_form()

    def from_block(self, value: StructValue) -> dict[str, Any]:
        steps = [
            {
                "id": step["name"].strip(),
                "text": step["text"],
                "options": [
                    {
                        "id": name,
                        "text": way["text"],
                        "points": way["points"] or 0,
                        "feedback": way["feedback"] or "",
                        "next": (way["next"] or "").strip(),
                    }
                    for name, way in children(step, "options")
                ],
            }
            for _name, step in children(value, "steps")
        ]
        return {"steps": steps}

    def to_block(self, content: CaseContent) -> dict[str, Any]:
        def ways(step: Step) -> list[dict[str, Any]]:
            told: list[dict[str, Any]] = [{**way} for way in step["options"]]
            return items((way.pop("id"), way) for way in told)

        steps = items(
            (step["id"], {"name": step["id"], "text": step["text"], "options": ways(step)})
            for step in content["steps"]
        )
        return {"steps": steps}

    def from_file(self, fields: Fields, ids: Ids) -> dict[str, Any]:
        steps = []
        for one in fields.mappings("steps"):
            name = one.text("name", longest=LONGEST_NAME)
            text = one.markdown("text").strip()
            ways = []
            for way in one.mappings("options"):
                said_here = way.text("text", longest=LONGEST_TEXT)
                ways.append(
                    {
                        "id": ids("step", name, said_here),
                        "text": said_here,
                        "points": way.number("points", low=0, high=MOST_POINTS),
                        "feedback": way.text("feedback", needed=False),
                        "next": way.text("next", longest=LONGEST_NAME, needed=False),
                    }
                )
                way.done()
            one.done()
            steps.append({"id": name, "text": text, "options": ways})
        return {"steps": steps}

    def to_file(self, content: CaseContent) -> dict[str, Any]:
        steps = [
            {
                "name": step["id"],
                "text": step["text"],
                "options": [
                    {"text": way["text"], "points": way["points"]}
                    | said(feedback=way["feedback"], next=way["next"])
                    for way in step["options"]
                ],
            }
            for step in content["steps"]
        ]
        return {"steps": steps}

    def check(self, content: CaseContent) -> None:
        steps = content["steps"]
        if not steps:
            raise InvalidContent(_("A case needs at least one step."))
        refuse_twins([step["id"] for step in steps], _("Two steps have the same name."))
        refuse_blank([step["text"] for step in steps], _("A step has no text."))
        ways = [way for step in steps for way in step["options"]]
        refuse_twins([way["id"] for way in ways], _("Two choices are the same."))
        refuse_blank([way["text"] for way in ways], _("A choice has no text."))
        known = {step["id"] for step in steps}
        for number, step in enumerate(steps):
            if len(step["options"]) < 2:
                raise InvalidContent(
                    _("%(step)s: a step needs at least two choices.") % {"step": step["id"]},
                    "steps",
                    number,
                )
            for at, way in enumerate(step["options"]):
                check_way(step, way, known, ("steps", number, "options", at))
        check_paths(content)
        if best_of(content)[steps[0]["id"]] == 0:
            raise InvalidContent(_("No path through the case gives any points."))

    def read(
        self, content: CaseContent, response: object, before: list[str] | None = None
    ) -> list[str]:
        """A path from the start. One that says less than what was walked changes nothing."""
        path, walked = ids_in(response), before or []
        if len(path) > len(content["steps"]):
            raise InvalidResponse(_("The answer is no path through the case."))
        self._walk(content, path)
        if path[: len(walked)] != walked[: len(path)]:
            raise InvalidResponse(_("What has been chosen in a case can't be changed."))
        return path if len(path) > len(walked) else walked

    def from_form(self, content: CaseContent, data: QueryDict, name: str) -> dict[str, Any] | None:
        """The page says the path it shows (`name-path`, once a step) and what was chosen now."""
        path = data.getlist(f"{name}-path") + data.getlist(name)
        return {"choice": path} if path else None

    def nothing(self) -> list[str]:
        return []

    def is_answered(self, content: CaseContent, answer: list[str]) -> bool:
        """Walked to an end."""
        return self.present_step(content, answer) is None

    def present_step(self, content: CaseContent, answer: list[str]) -> Step | None:
        """Where the path has led; None at its end."""
        at = content["steps"][0]["id"]
        for _step, way in self._walk(content, answer):
            at = way["next"]
        return steps_of(content)[at] if at else None

    def grade(self, content: CaseContent, answer: list[str]) -> Graded:
        """The points along the path, of those along the best one."""
        points = sum(way["points"] for _step, way in self._walk(content, answer))
        return Graded(Fraction(points, best_of(content)[content["steps"][0]["id"]]))

    def key(self, content: CaseContent) -> list[str]:
        best, steps = best_of(content), steps_of(content)
        path, at = [], content["steps"][0]["id"]
        while at:
            way = next(way for way in steps[at]["options"] if worth(way, best) == best[at])
            path.append(way["id"])
            at = way["next"]
        return path

    def public(self, content: CaseContent, answer: list[str]) -> dict[str, Any]:
        """The steps walked, with what was chosen, and the present one with what can be."""
        present = self.present_step(content, answer)
        walked = [
            {"text": step["text"], "id": way["id"], "chosen": way["text"]}
            for step, way in self._walk(content, answer)
        ]
        shown = present and {
            "number": len(walked) + 1,
            "text": present["text"],
            "options": [{"id": way["id"], "text": way["text"]} for way in present["options"]],
        }
        return {"walked": walked, "step": shown, "ended": present is None}

    def judged(self, content: CaseContent, answer: list[str]) -> dict[str, Any]:
        """The steps walked, each choice with its points, and whether a best path went by it."""
        best = best_of(content)
        walked = self._walk(content, answer)
        return {
            "ended": self.is_answered(content, answer),
            "points": sum(way["points"] for _step, way in walked),
            "best": best[content["steps"][0]["id"]],
            "steps": [
                {
                    "text": step["text"],
                    "options": [
                        {
                            **option,
                            "checked": option is way,
                            "correct": worth(option, best) == best[step["id"]],
                        }
                        for option in step["options"]
                    ],
                }
                for step, way in walked
            ],
        }

    def shuffled(self, content: CaseContent, random: Random) -> CaseContent:
        """The choices of each step."""
        steps: list[Step] = [
            {**step, "options": random.sample(step["options"], len(step["options"]))}
            for step in content["steps"]
        ]
        return {**content, "steps": steps}

    def possible(self, content: CaseContent) -> list[Choice]:
        best = best_of(content)
        return [_as_choice(step, way, best) for step in content["steps"] for way in step["options"]]

    def responses(self, content: CaseContent, answer: list[str]) -> list[Choice]:
        """A step's choice is right when a best path from there goes by it."""
        best = best_of(content)
        return [_as_choice(step, way, best) for step, way in self._walk(content, answer)]

    def _walk(self, content: CaseContent, path: list[str]) -> list[tuple[Step, Way]]:
        """The steps of a path with what was chosen there; raises InvalidResponse."""
        steps, at = steps_of(content), content["steps"][0]["id"]
        walked = []
        for chosen in path:
            ways = {way["id"]: way for way in steps[at]["options"]} if at else {}
            if chosen not in ways:
                raise InvalidResponse(_("The answer is no path through the case."))
            walked.append((steps[at], ways[chosen]))
            at = ways[chosen]["next"]
        return walked


def _as_choice(step: Step, way: Way, best: dict[str, int]) -> Choice:
    return Choice(step["id"], way["id"], way["text"], worth(way, best) == best[step["id"]])
