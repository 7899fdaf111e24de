"""Gathers the topics' models for Django."""

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
