"""Page types: the catalogue, a course, a lesson of screens."""

import uuid
from typing import Any

from django.core.validators import MinValueValidator
from django.db import models
from django.http import Http404, HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page, PageManager
from wagtail.models.pages import PageQuerySet
from wagtail.url_routing import RouteResult
from wagtail_localize.fields import SynchronizedField

from courses.pages.blocks import CHOSEN_SOURCES, ScreenBlock
from courses.pages.codes import Coded, CourseCode
from courses.pages.comparing.panel import ScreensPanel
from courses.pages.forms import CourseCopyForm, LessonCopyForm
from courses.pages.gate import Gated
from courses.pages.previews import Previewed, previewed_steps
from courses.pages.printing import FOLDER as TOOLS
from courses.pages.restrictions import Restrictable
from courses.pages.screens import Screened
from courses.pages.sourced import Sourced
from courses.pages.support import SupportInformation
from courses.pages.translated import Translated, blocks_in_source, in_language_of
from foundation.sorting import in_swedish_order

__all__ = ["CatalogueIndexPage", "CourseCode", "CoursePage", "LessonPage", "SupportInformation"]

PLAIN_FEATURES = ["bold", "italic", "ul", "link"]


def _same(*names: str) -> list[SynchronizedField]:
    """Fields that say the same in every language; the address among them."""
    return [SynchronizedField(name, overridable=False) for name in ("slug", *names)]


class CatalogueIndexPage(Restrictable, Translated, Page):
    """All courses."""

    admin_default_ordering = "ord"  # editors list courses, and lessons below, as readers do
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["courses.CoursePage"]
    template = "courses/catalogue_index_page.html"
    override_translatable_fields = _same()

    class Meta:
        verbose_name = _("course catalogue")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return context | {"courses": self.courses()}

    def courses(self) -> PageQuerySet:
        """The published courses, each in the language of the catalogue where it is in that."""
        return in_language_of(self, CoursePage).order_by(*in_swedish_order("title"))


class CoursePage(Coded, Sourced, Gated, Previewed, Restrictable, Translated, Page):
    """A course: what it is for, its lessons below it, its quiz."""

    course_code = models.CharField(
        _("course code"),
        max_length=64,
        help_text=_(
            "What completions are recorded by, for ever. What has to be taken again is a new "
            "course: copy the page and give it a new code."
        ),
    )
    summary = models.TextField(_("summary"), help_text=_("Two sentences for the catalogue."))
    summary_en = models.TextField(
        _("summary in English"),
        blank=True,
        help_text=_("Two sentences for who does not read Swedish yet."),
    )
    objectives = StreamField(
        [("objective", blocks.CharBlock(max_length=300, label=_("Objective")))],
        verbose_name=_("objectives"),
        blank=True,
        help_text=_("What one can do after the course. One sentence each."),
    )
    audience = models.TextField(_("audience"), blank=True, help_text=_("Who it is for."))
    prepares_for = models.CharField(
        _("prepares for"),
        max_length=300,
        blank=True,
        help_text=_(
            "Where the course prepares for a method training: one sentence that says which, and "
            "that it does not replace it."
        ),
    )
    minutes = models.PositiveSmallIntegerField(
        _("minutes"),
        validators=[MinValueValidator(1)],
        help_text=_("How long the whole course takes, quiz included."),
    )
    authors = models.CharField(_("authors"), max_length=300, blank=True)
    reviewed_on = models.DateField(_("last reviewed"), null=True, blank=True)
    reviewer = models.CharField(
        _("reviewed by an expert"),
        max_length=200,
        blank=True,
        help_text=_("The expert's name and role. As long as it is empty, the course says so."),
    )
    content_warning = RichTextField(
        _("before you begin"),
        features=PLAIN_FEATURES,
        blank=True,
        help_text=_("What the reader may meet, and that one may pause."),
    )
    sources = StreamField(
        CHOSEN_SOURCES,
        verbose_name=_("sources"),
        blank=True,
        help_text=_("What the course rests on as a whole."),
    )
    quiz = models.ForeignKey(
        "quizzes.Quiz",
        verbose_name=_("final quiz"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    untranslated = models.JSONField(default=list, editable=False)  # see translated.Translated

    admin_default_ordering = "ord"
    parent_page_types = ["courses.CatalogueIndexPage"]
    subpage_types = ["courses.LessonPage"]
    template = "courses/course_page.html"
    # A copy is another course: it has no code, and no expert has read it, until somebody says so.
    exclude_fields_in_copy = ["course_code", "reviewer", "reviewed_on"]
    copy_form_class = CourseCopyForm
    override_translatable_fields = _same(
        *("course_code", "summary_en", "minutes", "authors", "reviewed_on", "reviewer"),
        *("sources", "quiz"),
    )
    content_panels = [
        *Page.content_panels,
        FieldPanel("course_code"),
        FieldPanel("summary"),
        FieldPanel("summary_en"),
        FieldPanel("objectives"),
        MultiFieldPanel(
            [
                FieldPanel("audience"),
                FieldPanel("prepares_for"),
                FieldPanel("minutes"),
                FieldPanel("quiz"),
            ],
            heading=_("Taking it"),
        ),
        FieldPanel("content_warning"),
        MultiFieldPanel(
            [
                FieldPanel("authors"),
                FieldPanel("reviewer"),
                FieldPanel("reviewed_on"),
                FieldPanel("sources"),
            ],
            heading=_("What it rests on"),
        ),
    ]

    class Meta:
        verbose_name = _("course")
        verbose_name_plural = _("courses")

    def lessons(self) -> PageQuerySet:
        """The published lessons in the order they are taken, as far as may be in its language."""
        return in_language_of(self, LessonPage).select_related("alias_of")

    def content_minutes(self) -> int:
        """How long the lessons and the quiz take, as they are now."""
        lessons: int = self.lessons().aggregate(total=models.Sum("minutes"))["total"] or 0
        return lessons + (self.quiz.minutes if self.quiz else 0)


class LessonPage(Screened, Gated, Previewed, Restrictable, Translated, Page):
    """A lesson: screens, one idea each."""

    objective = models.CharField(
        _("objective"), max_length=300, help_text=_("What one can do after the lesson.")
    )
    minutes = models.PositiveSmallIntegerField(_("minutes"), validators=[MinValueValidator(1)])
    body = StreamField([("screen", ScreenBlock())], verbose_name=_("screens"))
    sources = StreamField(
        CHOSEN_SOURCES,
        verbose_name=_("sources"),
        blank=True,
        help_text=_("Its last screen lists them, with those that its texts cite."),
    )

    untranslated = models.JSONField(default=list, editable=False)  # see translated.Translated

    parent_page_types = ["courses.CoursePage"]
    subpage_types: list[str] = []
    copy_form_class = LessonCopyForm
    template = "courses/lesson_page.html"
    override_translatable_fields = _same("minutes", "sources")
    content_panels = [
        *Page.content_panels,
        FieldPanel("objective"),
        FieldPanel("minutes"),
        ScreensPanel("body"),
        FieldPanel("sources"),
    ]

    # Wagtail's metaclass would make the same; named for the type checker.
    objects = PageManager()

    class Meta:
        verbose_name = _("lesson")
        verbose_name_plural = _("lessons")

    def clean(self) -> None:
        """Refuse citations of what is no source, and keys that two blocks have."""
        super().clean()
        self.judge_screens()

    @property
    def course(self) -> CoursePage:
        """The course it belongs to."""
        found: CoursePage = self.get_parent().specific
        return found

    @property
    def learning_key(self) -> uuid.UUID:
        """What progress is kept by: wherever the lesson stands, it is the same lesson."""
        if self.alias_of_id is None:
            own: uuid.UUID = self.translation_key
            return own
        known: uuid.UUID | None = getattr(self, "known_original_key", None)
        return known or self.alias_of.translation_key

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """`/<lesson>/` is the first screen, `/<lesson>/<n>/` the n-th, `…/verktyg/<key>/` a tool.

        Others don't exist.
        """
        if not path_components:
            return super().route(request, path_components)
        if path_components[0] == TOOLS and len(path_components) == 2 and self.live:
            return RouteResult(self, kwargs={"tool": path_components[1]})
        number, *more = path_components
        known = number in map(str, range(1, self.screen_count + 1))
        if more or not known or not self.live:
            raise Http404
        return RouteResult(self, kwargs={"screen": int(number)})

    def heading_language(self, number: int) -> str:
        """The language of a screen's heading."""
        return self.language_of("body", self.body.raw_data[number - 1].get("id", ""), "heading")

    def get_template(self, request: HttpRequest, *args: Any, **kwargs: Any) -> str:
        found: str = super().get_template(request, *args, **kwargs)
        return "courses/tool_page.html" if "tool" in kwargs else found

    def get_context(
        self, request: HttpRequest, *args: Any, screen: int = 1, tool: str = "", **kwargs: Any
    ) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        if tool:
            return context | self.tool_context(tool) | {"course": self.get_parent()}
        above = (self.get_parent().get_parent(), self.get_parent())
        has_screens = self.screen_count > 0
        in_source = blocks_in_source(self, screen) if has_screens else {}
        besides = [content.raw_data[at] for content, at in filter(None, in_source.values())]
        citations = self.citations_on(screen, *besides) if has_screens else {}
        is_last = screen >= self.screen_count
        return context | {
            "screen": self.shown_screen(screen) if has_screens else None,
            "screen_number": screen,
            "heading_language": self.heading_language(screen) if has_screens else self.language,
            "has_case": has_screens and self.has_block("case", screen),
            "has_interactive": has_screens and self.has_block("interactive", screen),
            "has_italics": has_screens and self.has_italics(screen),
            "minutes_left": self.minutes_left(screen),
            "citations": citations,
            "other_sources": self.other_sources(citations) if is_last else [],
            "in_source": in_source,
            "previous_url": self.screen_url(screen - 1) if screen > 1 else "",
            "crumbs": [{"label": page.title, "url": page.url} for page in above],
        }

    def get_preview_context(self, request: HttpRequest, mode_name: str) -> dict[str, Any]:
        """The way back and on stays in the preview: no reader's place is moved by it."""
        number = int(mode_name) if mode_name.isdecimal() else 1
        return self.get_context(request, screen=number) | previewed_steps(
            number, self.screen_count, in_panel=getattr(request, "in_preview_panel", False)
        )
