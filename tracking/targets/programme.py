"""The six goals of the city's programme against violence, 2021–2025, and where they are written.

Their names are those of the document, in its language, as the names of courses and units are.
"""

from dataclasses import dataclass

# Which goal an activity serves is said there for a few of them only.
SOURCE = "Implementeringsplan för programmet mot våld 2021–2025, ”Pågående aktiviteter”"
TITLES = (
    "Stadens verksamheter arbetar våldsförebyggande",
    "Våldsutövare har tillgång till återfallsförebyggande insatser utifrån sina behov",
    "Stadens verksamheter arbetar aktivt för att upptäcka våldsutsatta vuxna och barn samt "
    "våldsutövare",
    "Våldsutsatta vuxna och barn har tillgång till insatser utifrån sina behov",
    "Våldsutsatta vuxna och barn medverkar i brottsutredningar",
    "Stadens verksamheter arbetar med systematisk kunskapsutveckling",
)


@dataclass(frozen=True, slots=True)
class Goal:
    """A goal: `code` is what `programmal` of a target says."""

    code: str
    title: str
    source: str


GOALS = tuple(
    Goal(str(number), title, f"{SOURCE}, mål {number}")
    for number, title in enumerate(TITLES, start=1)
)


def goal_of(programme_goal: str) -> Goal | None:
    """The goal that `programmal` names; None for words of its own, or none."""
    return next((goal for goal in GOALS if goal.code == programme_goal.strip()), None)
