"""A case in steps: what is chosen decides what comes next, and the path is what is graded."""

from fractions import Fraction
from random import Random
from typing import Any, TypedDict

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from quizzes.types.base import (
    Choice,
    Content,
    Graded,
    InvalidContent,
    InvalidResponse,
    QuestionType,
    ids_in,
    refuse_blank,
    refuse_twins,
)

# The most points a choice can give.
MOST_POINTS = 100


class Way(TypedDict):
    """What can be chosen in a step. `next` is the id of the step it leads to, "" at the end."""

    id: str
    text: str
    points: int
    feedback: str
    next: str


class Step(TypedDict):
    """Where one stands and what can be chosen there."""

    id: str
    text: str
    options: list[Way]


class CaseContent(Content):
    """The steps, the first of which is the start."""

    steps: list[Step]


class CaseType(QuestionType[CaseContent, list[str]]):
    """Choose step by step; the answer is the path so far. What was chosen is not changed."""

    name = "case"
    in_steps = True
    label = gettext_lazy("Case in steps")
    hint = gettext_lazy("Choose step by step. What you choose decides what happens next.")

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
        for step in steps:
            if len(step["options"]) < 2:
                raise InvalidContent(
                    _("%(step)s: a step needs at least two choices.") % {"step": step["id"]}
                )
            for way in step["options"]:
                _check_way(step, way, known)
        _check_paths(content)
        if _best(content)[steps[0]["id"]] == 0:
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
        return _steps(content)[at] if at else None

    def grade(self, content: CaseContent, answer: list[str]) -> Graded:
        """The points along the path, of those along the best one."""
        points = sum(way["points"] for _step, way in self._walk(content, answer))
        return Graded(Fraction(points, _best(content)[content["steps"][0]["id"]]))

    def key(self, content: CaseContent) -> list[str]:
        best, steps = _best(content), _steps(content)
        path, at = [], content["steps"][0]["id"]
        while at:
            way = next(way for way in steps[at]["options"] if _worth(way, best) == best[at])
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
        best = _best(content)
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
                            "correct": _worth(option, best) == best[step["id"]],
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
        best = _best(content)
        return [_as_choice(step, way, best) for step in content["steps"] for way in step["options"]]

    def responses(self, content: CaseContent, answer: list[str]) -> list[Choice]:
        """A step's choice is right when a best path from there goes by it."""
        best = _best(content)
        return [_as_choice(step, way, best) for step, way in self._walk(content, answer)]

    def _walk(self, content: CaseContent, path: list[str]) -> list[tuple[Step, Way]]:
        """The steps of a path with what was chosen there; raises InvalidResponse."""
        steps, at = _steps(content), content["steps"][0]["id"]
        walked = []
        for chosen in path:
            ways = {way["id"]: way for way in steps[at]["options"]} if at else {}
            if chosen not in ways:
                raise InvalidResponse(_("The answer is no path through the case."))
            walked.append((steps[at], ways[chosen]))
            at = ways[chosen]["next"]
        return walked


def _steps(content: CaseContent) -> dict[str, Step]:
    return {step["id"]: step for step in content["steps"]}


def _worth(way: Way, best: dict[str, int]) -> int:
    """The points of a choice and of the best that can follow."""
    return way["points"] + (best[way["next"]] if way["next"] else 0)


def _as_choice(step: Step, way: Way, best: dict[str, int]) -> Choice:
    return Choice(step["id"], way["id"], way["text"], _worth(way, best) == best[step["id"]])


def _check_way(step: Step, way: Way, known: set[str]) -> None:
    place = {"step": step["id"], "text": way["text"]}
    if way["next"] and way["next"] not in known:
        raise InvalidContent(
            _("%(step)s, “%(text)s”: leads to %(next)s, and no step has that name.")
            % {**place, "next": way["next"]}
        )
    if not 0 <= way["points"] <= MOST_POINTS:
        raise InvalidContent(
            _("%(step)s, “%(text)s”: points go from 0 to %(most)d.")
            % {**place, "most": MOST_POINTS}
        )


def _check_paths(content: CaseContent) -> None:
    """Refuse circles and steps that no choice leads to."""
    order = _backwards(content)
    steps = _steps(content)
    reached = {content["steps"][0]["id"]}
    for name in reversed(order):
        if name in reached:
            reached |= {way["next"] for way in steps[name]["options"]}
    for name in steps:
        if name not in reached:
            raise InvalidContent(_("%(step)s: no choice leads to this step.") % {"step": name})


def _backwards(content: CaseContent) -> list[str]:
    """The steps, each after those it leads to; raises InvalidContent for a circle."""
    waiting = {
        step["id"]: {way["next"] for way in step["options"] if way["next"]}
        for step in content["steps"]
    }
    done: list[str] = []
    while waiting:
        ready = [name for name, needs in waiting.items() if needs <= set(done)]
        if not ready:
            raise InvalidContent(
                _("The case goes in a circle through %(steps)s.")
                % {"steps": ", ".join(sorted(_circle(waiting)))}
            )
        done += ready
        for name in ready:
            del waiting[name]
    return done


def _circle(waiting: dict[str, set[str]]) -> list[str]:
    """The steps of one circle among those that wait for each other."""
    path = [next(iter(waiting))]
    while True:
        following = min(waiting[path[-1]] & set(waiting))
        if following in path:
            return path[path.index(following) :]
        path.append(following)


def _best(content: CaseContent) -> dict[str, int]:
    """The most points that can be had from each step on."""
    steps = _steps(content)
    best: dict[str, int] = {}
    for name in _backwards(content):
        best[name] = max(_worth(way, best) for way in steps[name]["options"])
    return best
