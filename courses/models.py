"""Gathers the topics' models for Django."""

from courses.accessibility.models import AccessibilityReport, AccessibilityStatementPage
from courses.feedback.models import CourseFeedback, FeedbackCount, FeedbackGiven
from courses.h5p.results.models import H5PLaunch, H5PResult, H5PState, H5PStatement
from courses.h5p.store.models import (
    H5PContent,
    H5PLibrary,
    H5PTree,
    H5PVersion,
    H5PVersionLibrary,
)
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
    "H5PContent",
    "H5PLaunch",
    "H5PLibrary",
    "H5PResult",
    "H5PState",
    "H5PStatement",
    "H5PTree",
    "H5PVersion",
    "H5PVersionLibrary",
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
