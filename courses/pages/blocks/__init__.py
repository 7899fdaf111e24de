"""What a lesson is made of, a module for each family of blocks."""

from courses.pages.blocks.screens import ScreenBlock
from courses.pages.blocks.sources import CHOSEN_SOURCES

__all__ = ["CHOSEN_SOURCES", "ScreenBlock"]
