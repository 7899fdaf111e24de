"""Whether a content can report points at all: a share of them is demanded of no other.

Found, as what finishes a content (courses.h5p.results.finishing), by reading what each library's
own scripts send.
"""

from collections.abc import Callable, Mapping

from courses.h5p.results.finishing import (
    CONSUMED,
    finishing_verbs,
    is_finished_by_opening,
    parameters_of,
)
from courses.h5p.results.reading import inside
from courses.h5p.results.tasks import Parameters
from courses.h5p.store.kinds import machine_name_of
from courses.h5p.store.models import H5PVersion

# They say that they are done, without points or with nought of nought.
WITHOUT_POINTS = frozenset({"H5P.Agamotto", "H5P.DocumentationTool", "H5P.Questionnaire"})


def _scenario_scores(parameters: Parameters) -> bool:
    scenario = inside(parameters, "branchingScenario")
    how = inside(scenario, "scoringOptionGroup", "scoringOption")
    # "no-score" is what its library takes where nothing is said.
    return how not in (None, "no-score") if isinstance(scenario, dict) else True


def _essay_scores(parameters: Parameters) -> bool:
    return bool(parameters.get("keywords"))


def _conversation_scores(parameters: Parameters) -> bool:
    steps = parameters.get("steps")
    if not isinstance(steps, list):
        return True
    points = (inside(step, "ending", "points") for step in steps)
    return any(isinstance(one, int | float) and one > 0 for one in points)


# Those whose author may have given points to something, or to nothing; what cannot be read may.
SCORES_WHERE: Mapping[str, Callable[[Parameters], bool]] = {
    "H5P.BranchingScenario": _scenario_scores,
    "H5P.Essay": _essay_scores,
    "Kompetens.BranchingConversation": _conversation_scores,
}


def may_report_points(version: H5PVersion) -> bool:
    """Whether points may come of this version; its tree is read where it matters.

    Of a type that nobody here knows: yes, as it may.
    """
    name = machine_name_of(version.main_library)
    if name in WITHOUT_POINTS or finishing_verbs(name) == CONSUMED:
        return False
    if is_finished_by_opening(version):
        return False
    scores = SCORES_WHERE.get(name)
    return scores is None or not (said := parameters_of(version)) or scores(said)
