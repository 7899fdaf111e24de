"""What leaves the page is drawn in the inks of the page."""

from foundation.charts.drawing import ON_PAPER
from tests.foundation.components.test_contrast import colours

NAMED_OTHERWISE = {"soft": "ink-soft"}


def test_a_file_s_inks_are_the_light_theme_s() -> None:
    tokens = colours("light")
    named = {ink: tokens[NAMED_OTHERWISE.get(ink, ink)] for ink in ON_PAPER if ink != "paper"}
    assert named == {ink: colour for ink, colour in ON_PAPER.items() if ink != "paper"}
