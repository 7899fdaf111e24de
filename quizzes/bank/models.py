"""Questions and quizzes, as trainers write them: drafts, versions, workflow and preview."""

import hashlib
import json
from html import unescape
from typing import Any, cast

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.html import strip_tags
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from taggit.models import ItemBase, TagBase
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    PublishingPanel,
)
from wagtail.fields import RichTextField, StreamField
from wagtail.models import (
    DraftStateMixin,
    LockableMixin,
    PreviewableMixin,
    RevisionMixin,
    WorkflowMixin,
)
from wagtail.rich_text import expand_db_html

from quizzes.bank.sanitising import safe_html
from quizzes.bank.settings import QuizSettings
from quizzes.types import TYPES, Content, InvalidContent, type_of
from quizzes.types.authoring import form_of

# What reading and answering one takes; how long a quiz and its course take is counted by it.
MINUTES_PER_QUESTION = 1
TEXT_FEATURES = ["bold", "italic", "ol", "ul", "link"]


class QuestionTagName(TagBase):
    """A tag that questions are drawn by: the module, the programme's goal, the lesson."""

    free_tagging = True

    class Meta:
        verbose_name = _("question tag")
        verbose_name_plural = _("question tags")


class QuestionTag(ItemBase):
    """A tag on a question."""

    tag = models.ForeignKey(QuestionTagName, on_delete=models.CASCADE, related_name="questions")
    content_object = ParentalKey(
        "quizzes.Question", on_delete=models.CASCADE, related_name="tagged_items"
    )


class Use(models.TextChoices):
    """Where a question may be asked."""

    FINAL = "final", _("final quiz only")
    CHECK = "check", _("in lessons only")
    BOTH = "both", _("final quiz and lessons")


# Where a question of each use may be asked.
FINAL_USES = (Use.FINAL, Use.BOTH)
LESSON_USES = (Use.CHECK, Use.BOTH)


class Reviewed(
    WorkflowMixin, DraftStateMixin, LockableMixin, RevisionMixin, PreviewableMixin, models.Model
):
    """What bank items share: draft, review, publish, versions, and where files loaded them from."""

    key = models.SlugField(
        _("key"),
        max_length=80,
        unique=True,
        allow_unicode=False,
        help_text=_("A stable name, used by files and statistics. Never reuse one."),
    )
    # Fingerprint of what the files last wrote here. Differs from the present content once a
    # trainer has edited it, and then the files leave it alone.
    loaded_digest = models.CharField(max_length=64, blank=True, editable=False)

    class Meta:
        abstract = True


class Question(Reviewed, ClusterableModel):  # type: ignore[django-manager-missing]  # a ParentalKey's
    """A question of the bank. Attempts keep a copy of what was asked, so editing is safe."""

    # What `body` holds, for lists and filters.
    kind = models.CharField(
        _("type"),
        max_length=20,
        choices=[(name, kind.label) for name, kind in TYPES.items()],
        editable=False,
    )
    text = RichTextField(_("question"), features=TEXT_FEATURES)
    body = StreamField(
        [(name, form_of(kind)) for name, kind in TYPES.items()],
        verbose_name=_("how it is answered"),
        min_num=1,
        max_num=1,
        help_text=_("Choose one type. The text above is shown first, whatever the type."),
    )
    explanation = RichTextField(
        _("explanation"),
        features=TEXT_FEATURES,
        blank=True,
        help_text=_("Shown after the answer, whatever it was: why it is so."),
    )
    teaches = models.CharField(
        _("taught in"),
        max_length=120,
        blank=True,
        help_text=_("The lesson that teaches it: its address, and # with the screen's number."),
    )
    difficulty = models.PositiveSmallIntegerField(
        _("difficulty"), default=2, validators=[MinValueValidator(1), MaxValueValidator(3)]
    )
    source = models.CharField(_("source"), max_length=300, blank=True)
    use = models.CharField(_("use"), max_length=10, choices=Use.choices, default=Use.BOTH)
    tags = ClusterTaggableManager(through=QuestionTag, blank=True, verbose_name=_("tags"))

    panels = [
        FieldPanel("key"),
        FieldPanel("text"),
        FieldPanel("body"),
        FieldPanel("explanation"),
        MultiFieldPanel(
            [
                FieldPanel("teaches"),
                FieldRowPanel([FieldPanel("use"), FieldPanel("difficulty")]),
                FieldPanel("tags"),
                FieldPanel("source"),
            ],
            heading=_("Where it belongs"),
        ),
        PublishingPanel(),
    ]

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ["key"]

    def __str__(self) -> str:
        return f"{self.key}: {self.wording()}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.kind = self.body[0].block_type if self.body else ""
        super().save(*args, **kwargs)

    @admin.display(description=_("question"))
    def wording(self) -> str:
        """What is asked, short and without mark-up, for lists and choosers."""
        return Truncator(unescape(strip_tags(self.text))).chars(100)

    def check_content(self) -> None:
        """Raise ValidationError unless it can be asked. The editor's form does so by itself."""
        try:
            type_of(self.content()).check(self.content())
        except InvalidContent as error:
            raise ValidationError({"body": str(error)}) from error

    def content(self) -> Content:
        """The question as plain data, its texts made safe; raises InvalidContent for a draft."""
        if not self.body:
            raise InvalidContent(str(_("Choose how the question is answered.")))
        block = self.body[0]
        content: Any = {
            "type": block.block_type,
            "text": safe_html(expand_db_html(self.text)),
            **TYPES[block.block_type].from_block(block.value),
            "explanation": safe_html(expand_db_html(self.explanation)),
            "teaches": self.teaches,
        }
        return cast(Content, content)

    @property
    def version(self) -> str:
        """Names this wording of the question: changes exactly when what is judged changes."""
        return digest(self.content())

    @property
    def may_stand_in_lessons(self) -> bool:
        """Whether a lesson may ask it: published, and not kept for final quizzes."""
        return self.live and self.use in LESSON_USES

    def get_preview_template(self, request: Any, mode_name: str) -> str:
        return "quizzes/preview.html"

    def get_preview_context(self, request: Any, mode_name: str) -> dict[str, Any]:
        from quizzes.bank.trial import trial_context

        context: dict[str, Any] = super().get_preview_context(request, mode_name)
        try:
            self.check_content()
        except ValidationError as error:
            return context | {"title": self.key, "unfinished": error.messages}
        return context | trial_context([self.content()], title=self.key)


class Quiz(QuizSettings, Reviewed, ClusterableModel):  # type: ignore[django-manager-missing]  # likewise
    """How a quiz is drawn from the bank and what it takes to pass."""

    title = models.CharField(_("title"), max_length=200)
    # How many questions its parts ask, so that pages need not look at the parts.
    draw = models.PositiveSmallIntegerField(_("number of questions"), default=0, editable=False)

    panels = [
        FieldPanel("key"),
        FieldPanel("title"),
        InlinePanel(
            "parts",
            heading=_("What it asks"),
            label=_("Part"),
            min_num=1,
            help_text=_("Certain questions, and questions drawn by tags, in this order."),
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("pass_percent"), FieldPanel("counts")]),
                FieldRowPanel([FieldPanel("max_tries"), FieldPanel("wait_minutes")]),
                FieldPanel("limit_minutes"),
            ],
            heading=_("To pass"),
        ),
        MultiFieldPanel(
            [FieldPanel("one_at_a_time"), FieldPanel("shuffle"), FieldPanel("feedback")],
            heading=_("How it is asked"),
        ),
        PublishingPanel(),
    ]

    class Meta:
        verbose_name = _("quiz")
        verbose_name_plural = _("quizzes")
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.draw = sum(part.count for part in self.parts.all())
        super().save(*args, **kwargs)

    @property
    def minutes(self) -> int:
        """How long it takes."""
        return self.draw * MINUTES_PER_QUESTION

    def rule(self) -> dict[str, Any]:
        """What an attempt is judged by, as plain data."""
        return {
            "quiz": self.key,
            "title": self.title,
            "draw": self.draw,
            **self.settings.plain(),
        }

    def get_preview_template(self, request: Any, mode_name: str) -> str:
        return "quizzes/preview.html"

    def get_preview_context(self, request: Any, mode_name: str) -> dict[str, Any]:
        from quizzes.bank.queries import draw
        from quizzes.bank.trial import trial_context

        context: dict[str, Any] = super().get_preview_context(request, mode_name)
        contents = [question.content() for question in draw(self)]
        return context | trial_context(contents, title=self.title)


def digest(data: object) -> str:
    """A fingerprint of plain data."""
    text = json.dumps(data, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode()).hexdigest()
