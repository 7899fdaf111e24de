"""Gathers the topics' models for Django."""

from courses.accessibility.models import AccessibilityReport, AccessibilityStatementPage
from courses.learning.models import Enrolment, LessonProgress
from courses.modules.models import LoadedImage, LoadedPage
from courses.pages.models import (
    CatalogueIndexPage,
    CourseCode,
    CoursePage,
    LessonPage,
    SupportInformation,
)

__all__ = [
    "AccessibilityReport",
    "AccessibilityStatementPage",
    "CatalogueIndexPage",
    "CourseCode",
    "CoursePage",
    "Enrolment",
    "LessonPage",
    "LessonProgress",
    "LoadedImage",
    "LoadedPage",
    "SupportInformation",
]
