"""The paths through a case: that each comes to an end, and what the best one is worth."""

from typing import TypedDict

from django.utils.translation import gettext as _

from quizzes.types.base import Content, InvalidContent

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


def steps_of(content: CaseContent) -> dict[str, Step]:
    """The steps by their ids."""
    return {step["id"]: step for step in content["steps"]}


def worth(way: Way, best: dict[str, int]) -> int:
    """The points of a choice and of the best that can follow."""
    return way["points"] + (best[way["next"]] if way["next"] else 0)


def check_way(step: Step, way: Way, known: set[str], place: tuple[str | int, ...]) -> None:
    """Refuse a choice that leads nowhere or gives more than it can."""
    named = {"step": step["id"], "text": way["text"]}
    if way["next"] and way["next"] not in known:
        raise InvalidContent(
            _("%(step)s, “%(text)s”: leads to %(next)s, and no step has that name.")
            % {**named, "next": way["next"]},
            *place,
            "next",
        )
    if not 0 <= way["points"] <= MOST_POINTS:
        raise InvalidContent(
            _("%(step)s, “%(text)s”: points go from 0 to %(most)d.")
            % {**named, "most": MOST_POINTS},
            *place,
            "points",
        )


def check_paths(content: CaseContent) -> None:
    """Refuse circles and steps that no choice leads to."""
    order = _backwards(content)
    steps = steps_of(content)
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


def best_of(content: CaseContent) -> dict[str, int]:
    """The most points that can be had from each step on."""
    steps = steps_of(content)
    best: dict[str, int] = {}
    for name in _backwards(content):
        best[name] = max(worth(way, best) for way in steps[name]["options"])
    return best
