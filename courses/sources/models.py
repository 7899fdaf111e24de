"""Sources and law, cited by a key that is the same in files, texts and links."""

import uuid
from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.models import RevisionMixin

KEY = RegexValidator(r"\A[a-z0-9-]+\Z", _("Use small letters, digits and hyphens."))


class SourcesEdition(models.Model):
    """One row: a name for all sources as they are now, another one after every change.

    A lesson's page reads it along with itself; as long as it is the same, what the process
    remembers of the sources holds, and nobody asks for them.
    """

    token = models.UUIDField(default=uuid.uuid4)

    class Meta:
        verbose_name = _("edition of the sources")

    def __str__(self) -> str:
        return str(self.token)


class Citable(RevisionMixin, models.Model):
    """What sources and law share: the key, an address, and the day somebody last looked."""

    key = models.CharField(
        _("key"),
        max_length=80,
        unique=True,
        validators=[KEY],
        help_text=_("What texts and files cite it by. It can't be changed afterwards."),
    )
    url = models.URLField(_("address"), max_length=500, blank=True)
    checked_on = models.DateField(
        _("last checked"),
        null=True,
        blank=True,
        help_text=_("The day somebody last made sure that this is right."),
    )
    # What the files last wrote, so that what was edited here since is told from what was not.
    loaded_digest = models.CharField(max_length=64, blank=True, editable=False)

    class Meta:
        abstract = True

    def clean(self) -> None:
        """Texts cite sources and law alike: a key is one thing's, and stays so."""
        super().clean()
        before = type(self).objects.filter(pk=self.pk).first() if self.pk else None
        if before and before.key != self.key:
            raise ValidationError({"key": _("Texts cite it as %(key)s.") % {"key": before.key}})
        others = [kind for kind in (Source, LegalReference) if not isinstance(self, kind)]
        if any(kind.objects.filter(key=self.key).exists() for kind in others):
            raise ValidationError({"key": _("%(key)s is another source's.") % {"key": self.key}})


class Source(Citable):
    """A document, a web page, a report: what a text rests on."""

    title = models.CharField(_("title"), max_length=400)
    publisher = models.CharField(_("publisher"), max_length=200)
    year = models.PositiveSmallIntegerField(
        _("year"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1700), MaxValueValidator(2200)],
    )
    number = models.CharField(
        _("number"), max_length=80, blank=True, help_text=_("Its number in a register, if any.")
    )
    reference = models.TextField(
        _("reference"), blank=True, help_text=_("Page, period, what to keep in mind.")
    )

    panels = [
        FieldPanel("key"),
        FieldPanel("title"),
        FieldRowPanel([FieldPanel("publisher"), FieldPanel("year"), FieldPanel("number")]),
        FieldPanel("url"),
        FieldPanel("reference"),
        FieldPanel("checked_on"),
    ]

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = ["title", "key"]

    def __str__(self) -> str:
        return self.title


class LegalReference(Citable):
    """An act, or one of its paragraphs, with the days it is in force.

    Both days are in force, as law says it and as it is edited here.
    """

    act = models.CharField(
        _("act or regulation"),
        max_length=300,
        help_text=_("As in running text, with a small letter where that is how it is written."),
    )
    number = models.CharField(_("number"), max_length=40, help_text=_("Such as 2025:400."))
    paragraph = models.CharField(
        _("paragraph"),
        max_length=80,
        blank=True,
        help_text=_("Such as 19 kap. 1 §. Empty: the act as a whole."),
    )
    paragraph_known = models.BooleanField(
        _("the paragraph is known"),
        default=True,
        help_text=_("Off: the rule is in force, but its number is still to be looked up."),
    )
    topic = models.CharField(_("topic"), max_length=300)
    valid_from = models.DateField(_("in force from"), null=True, blank=True)
    valid_to = models.DateField(
        _("in force to"), null=True, blank=True, help_text=_("The last day. Empty: in force.")
    )
    replaced_by = models.ForeignKey(
        "self",
        verbose_name=_("replaced by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="replaces",
    )

    panels = [
        FieldPanel("key"),
        FieldRowPanel([FieldPanel("act"), FieldPanel("number")]),
        FieldRowPanel([FieldPanel("paragraph"), FieldPanel("paragraph_known")]),
        FieldPanel("topic"),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("valid_from"), FieldPanel("valid_to")]),
                FieldPanel("replaced_by"),
            ],
            heading=_("In force"),
        ),
        FieldPanel("url"),
        FieldPanel("checked_on"),
    ]

    class Meta:
        verbose_name = _("law")
        verbose_name_plural = _("laws")
        ordering = ["act", "number", "key"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True)
                | Q(valid_to__isnull=True)
                | Q(valid_to__gte=F("valid_from")),
                name="law_ends_after_it_begins",
                violation_error_message=_("A law ends after it has begun."),
            ),
            models.CheckConstraint(
                condition=Q(replaced_by__isnull=True) | Q(valid_to__isnull=False),
                name="law_replaced_has_ended",
                violation_error_message=_("What is replaced has a last day in force."),
            ),
            models.CheckConstraint(
                condition=Q(paragraph_known=True) | Q(paragraph=""),
                name="law_unknown_paragraph_is_empty",
                violation_error_message=_("A paragraph that is not known has no number."),
            ),
            models.CheckConstraint(
                condition=Q(replaced_by__isnull=True) | ~Q(replaced_by=F("id")),
                name="law_is_not_its_own_replacement",
                violation_error_message=_("A law doesn't replace itself."),
            ),
        ]

    def __str__(self) -> str:
        where = f"{self.paragraph} " if self.paragraph else ""
        return f"{where}{self.act} ({self.number}): {self.topic}"

    def in_force_on(self, day: date) -> bool:
        """Whether it is law on a day."""
        began = self.valid_from is None or self.valid_from <= day
        return began and (self.valid_to is None or day <= self.valid_to)
