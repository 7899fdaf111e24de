"""Whether a conversation can be held: every step is reached, and from each some way leads to an
end."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from courses.h5p.own.semantics import Flaw


def flaws_of_conversation(content: Mapping[str, Any]) -> Iterator[Flaw]:
    """What keeps it from being held. Its shape has been judged before."""
    steps = content["steps"]
    places = {step["id"]: f"steps {number}" for number, step in enumerate(steps, start=1)}
    yield from _names(steps)
    ways: dict[str, set[str]] = {step["id"]: set() for step in steps}
    for number, step in enumerate(steps, start=1):
        place, replies = f"steps {number}", step.get("replies") or []
        if not (step.get("says") or step.get("sees")):
            yield Flaw(place, step["id"], _("what the person says, or what one sees"))
        if replies and step.get("ending"):
            yield Flaw(f"{place} › ending", step["id"], _("an ending only where nothing is said"))
        for at, reply in enumerate(replies, start=1):
            if reply["to"] in places:
                ways[step["id"]].add(reply["to"])
            else:
                yield Flaw(f"{place} › replies {at} › to", reply["to"], _("the name of a step"))
    first = steps[0]["id"]
    if not ways[first]:
        yield Flaw("steps 1", first, _("a step that something can be said in"))
    for name in sorted(places.keys() - reached([first], ways)):
        yield Flaw(places[name], name, _("a step that some reply leads to"))
    endings = [step["id"] for step in steps if not step.get("replies")]
    ending = reached(endings, _turned(ways))
    for name in sorted(reached([first], ways) - ending):
        yield Flaw(places[name], name, _("a step from which some way leads to an end"))


def _names(steps: list[Mapping[str, Any]]) -> Iterator[Flaw]:
    seen: set[str] = set()
    for number, step in enumerate(steps, start=1):
        if step["id"] in seen:
            yield Flaw(f"steps {number} › id", step["id"], _("a name that no other step has"))
        seen.add(step["id"])


def reached(start: list[str], ways: Mapping[str, set[str]]) -> set[str]:
    """All that can be come to from these, themselves among it."""
    found: set[str] = set()
    waiting = list(start)
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting.extend(ways.get(name, ()))
    return found


def _turned(ways: Mapping[str, set[str]]) -> dict[str, set[str]]:
    back: dict[str, set[str]] = {}
    for name, others in ways.items():
        for other in others:
            back.setdefault(other, set()).add(name)
    return back
