"""Page types: the catalogue, a course, a lesson of screens; and the support information."""

import math
import uuid
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.http import Http404, HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page, PageManager, RevisionMixin
from wagtail.models.pages import PageQuerySet
from wagtail.url_routing import RouteResult
from wagtail_localize.fields import SynchronizedField

from courses.pages.blocks import CHOSEN_SOURCES, ScreenBlock
from courses.pages.blocks.keys import keys_given_twice
from courses.pages.citations import (
    Citation,
    as_data,
    citations_of,
    cites,
    texts_of,
    unknown_keys,
)
from courses.pages.comparing.panel import ScreensPanel
from courses.pages.forms import CourseCopyForm, LessonCopyForm
from courses.pages.gate import Gated
from courses.pages.previews import Previewed, previewed_steps
from courses.pages.printing import FOLDER as TOOLS
from courses.pages.printing import find_tool, is_roomy
from courses.pages.restrictions import Restrictable
from courses.pages.sourced import Sourced
from courses.pages.translated import Translated, blocks_in_source, in_language_of
from courses.sources.queries import Cited, current_library
from foundation.sorting import in_swedish_order
from tracking.ledger.models import Course, CourseForm

PLAIN_FEATURES = ["bold", "italic", "ul", "link"]


def _same(*names: str) -> list[SynchronizedField]:
    """Fields that say the same in every language; the address among them."""
    return [SynchronizedField(name, overridable=False) for name in ("slug", *names)]


class CourseCode(models.Model):
    """Which course a page is, in every language of it. A code once given is never given again."""

    translation_key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    code = models.CharField(_("code"), max_length=64, unique=True)

    class Meta:
        verbose_name = _("course code")
        verbose_name_plural = _("course codes")

    def __str__(self) -> str:
        return self.code


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


class CoursePage(Sourced, Gated, Previewed, Restrictable, Translated, Page):
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

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        """A course in another language has the code that was given to the first."""
        if not self.course_code:
            given = CourseCode.objects.filter(translation_key=self.translation_key).first()
            self.course_code = given.code if given else ""
        super().full_clean(*args, **kwargs)

    def clean(self) -> None:
        """Refuse a code that is another course's, and a change of a published one."""
        super().clean()
        given = CourseCode.objects.filter(translation_key=self.translation_key).first()
        if given and self.course_code != given.code:
            raise ValidationError(
                {
                    "course_code": _(
                        "This course is published as %(code)s, and keeps that code. What has to "
                        "be taken again is a new course: copy the page."
                    )
                    % {"code": given.code}
                }
            )
        if self.course_code and self.code_is_taken():
            raise ValidationError(
                {"course_code": _("%(code)s is another course's.") % {"code": self.course_code}}
            )

    def code_is_taken(self) -> bool:
        """Whether another course has the code, or had it."""
        others = {"translation_key": self.translation_key}
        return (
            CourseCode.objects.filter(code=self.course_code).exclude(**others).exists()
            or CoursePage.objects.filter(course_code=self.course_code).exclude(**others).exists()
            or Course.objects.known_now()
            .filter(code=self.course_code)
            .exclude(form=CourseForm.MODULE)
            .exists()
        )

    def lessons(self) -> PageQuerySet:
        """The published lessons in the order they are taken, as far as may be in its language."""
        return in_language_of(self, LessonPage).select_related("alias_of")

    def content_minutes(self) -> int:
        """How long the lessons and the quiz take, as they are now."""
        lessons: int = self.lessons().aggregate(total=models.Sum("minutes"))["total"] or 0
        return lessons + (self.quiz.minutes if self.quiz else 0)


class LessonPage(Sourced, Gated, Previewed, Restrictable, Translated, Page):
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
        twice = keys_given_twice(as_data(self.body))
        if twice:
            raise ValidationError(
                {
                    "body": _("Two blocks have the key %(keys)s. Give one of them another.")
                    % {"keys": ", ".join(twice)}
                }
            )
        unknown = unknown_keys(as_data(self.body), current_library())
        if unknown:
            raise ValidationError(
                {
                    "body": _("There is no source called %(keys)s.")
                    % {"keys": ", ".join(sorted(unknown))}
                }
            )

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

    @property
    def screen_count(self) -> int:
        """How many screens there are."""
        return len(self.body)

    def minutes_left(self, number: int) -> int:
        """Minutes from the beginning of a screen to the lesson's end, as if all were as long."""
        if not self.screen_count:
            return self.minutes
        return math.ceil(self.minutes * (self.screen_count - number + 1) / self.screen_count)

    def screen_url(self, number: int) -> str:
        """The address of a screen, counted from 1."""
        return f"{self.url}{number}/" if number > 1 else str(self.url)

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

    def shown_screen(self, number: int) -> Any:
        """One screen as a bound block; what stands in it is unpacked as it is shown."""
        stored = self.body.raw_data[number - 1]
        block = self.body.stream_block.child_blocks[stored["type"]]
        return block.bind(block.to_python(stored["value"]))

    def has_case(self, number: int) -> bool:
        """Whether a case stands on a screen."""
        content = self.body.raw_data[number - 1]["value"]["content"]
        return any(stored["type"] == "case" for stored in content)

    def has_italics(self, number: int) -> bool:
        """Whether text that is seen at once asks for the italics of the typeface."""
        return any(
            "<i>" in text or "<blockquote>" in text
            for stored in self.body.raw_data[number - 1]["value"]["content"]
            if stored["type"] in ("text", "note")
            for text in texts_of(stored["value"])
        )

    def heading_language(self, number: int) -> str:
        """The language of a screen's heading."""
        return self.language_of("body", self.body.raw_data[number - 1].get("id", ""), "heading")

    def citations_on(self, number: int, *besides: Any) -> dict[str, Citation]:
        """The sources a screen cites, by key; `besides`: blocks shown on it from elsewhere."""
        stored = [self.body.raw_data[number - 1], *besides]
        return citations_of(stored, self.library) if cites(stored) else {}

    def other_sources(self, citations: Mapping[str, Citation]) -> list[Cited]:
        """What the lesson names or cites, but for what one of its screens lists already."""
        cited = citations_of(list(self.body.raw_data), self.library).values()
        found = [*self.named_sources(), *(one.source for one in cited)]
        return [one for one in dict.fromkeys(found) if one.key not in citations]

    def get_template(self, request: HttpRequest, *args: Any, **kwargs: Any) -> str:
        found: str = super().get_template(request, *args, **kwargs)
        return "courses/tool_page.html" if "tool" in kwargs else found

    def tool_context(self, key: str) -> dict[str, Any]:
        """What a tool's own page shows: the block, and the way back to its screen."""
        place = find_tool(self.body.raw_data, key)
        if place is None:
            raise Http404
        block = self.body.stream_block.child_blocks["screen"].child_blocks["content"]
        tool = block.child_blocks["tool"]
        bound = tool.bind(tool.to_python(place.stored))
        return {
            "tool": bound,
            "is_roomy": is_roomy(bound.value),
            "screen_url": self.screen_url(place.screen),
            "course": self.get_parent(),
        }

    def get_context(
        self, request: HttpRequest, *args: Any, screen: int = 1, tool: str = "", **kwargs: Any
    ) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        if tool:
            return context | self.tool_context(tool)
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
            "has_case": has_screens and self.has_case(screen),
            "has_italics": has_screens and self.has_italics(screen),
            "minutes_left": self.minutes_left(screen),
            "citations": citations,
            "other_sources": self.other_sources(citations) if is_last else [],
            "in_source": in_source,
            "previous_url": self.screen_url(screen - 1) if screen > 1 else "",
            "crumbs": [{"label": page.title, "url": page.url} for page in above],
        }

    @property
    def preview_modes(self) -> list[tuple[str, str]]:
        """The editor previews one screen at a time, as readers meet them."""
        return [
            (str(number), f"{number}. {child.value['heading']}")
            for number, child in enumerate(self.body, start=1)
        ] or [("1", gettext("Screen"))]

    def get_preview_context(self, request: HttpRequest, mode_name: str) -> dict[str, Any]:
        """The way back and on stays in the preview: no reader's place is moved by it."""
        number = int(mode_name) if mode_name.isdecimal() else 1
        return self.get_context(request, screen=number) | previewed_steps(
            number, self.screen_count, in_panel=getattr(request, "in_preview_panel", False)
        )


class SupportInformation(RevisionMixin, models.Model):
    """What the support panel says on every page of a course: the one last reviewed is shown."""

    title = models.CharField(_("title"), max_length=120)
    body = RichTextField(_("text"), features=["h3", "bold", "italic", "ul", "ol", "link"])
    reviewed_on = models.DateField(_("last reviewed"))
    source = models.CharField(_("source"), max_length=300, help_text=_("Where the numbers stand."))

    panels = [
        FieldPanel("title"),
        FieldPanel("body"),
        MultiFieldPanel(
            [FieldPanel("reviewed_on"), FieldPanel("source")], heading=_("What it rests on")
        ),
    ]

    class Meta:
        verbose_name = _("support information")
        verbose_name_plural = _("support information")

    def __str__(self) -> str:
        return self.title
