"""Gathers the topics' models for Django."""

from courses.accessibility.models import AccessibilityReport, AccessibilityStatementPage
from courses.feedback.models import CourseFeedback, FeedbackCount, FeedbackGiven
from courses.learning.models import Enrolment, LessonProgress
from courses.local.models import LocalNote
from courses.modules.models import LoadedDocument, LoadedImage, LoadedPage, LoadedText
from courses.pages.models import (
    CatalogueIndexPage,
    CourseCode,
    CoursePage,
    LessonPage,
    SupportInformation,
)
from courses.search.models import SearchEntry, SearchWord
from courses.sources.models import LegalReference, Source, SourcesEdition
from courses.upkeep.models import LessonFlag

__all__ = [
    "AccessibilityReport",
    "AccessibilityStatementPage",
    "CatalogueIndexPage",
    "CourseCode",
    "CourseFeedback",
    "CoursePage",
    "Enrolment",
    "FeedbackCount",
    "FeedbackGiven",
    "LegalReference",
    "LessonFlag",
    "LessonPage",
    "LessonProgress",
    "LoadedDocument",
    "LoadedImage",
    "LoadedPage",
    "LoadedText",
    "LocalNote",
    "SearchEntry",
    "SearchWord",
    "Source",
    "SourcesEdition",
    "SupportInformation",
]
