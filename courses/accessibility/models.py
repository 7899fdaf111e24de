"""The statement as an editable page, and what people report."""

import uuid
from typing import Any, ClassVar

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page, PageManager

TEXT_FEATURES = ["h3", "bold", "italic", "ul", "ol", "link"]
TEXT_AT_MOST = 4000


class Compliance(models.TextChoices):
    """How well the platform follows the law, in the words of the supervisory authority's model."""

    FULL = "helt", _("fully compliant")
    PARTIAL = "delvis", _("partially compliant")
    NONE = "inte", _("not compliant")


class AccessibilityStatementPage(Page):
    """Tillgänglighetsredogörelse (lag 2018:1937 om tillgänglighet till digital offentlig service).

    What the law's model says is in the template; what only the organisation knows is filled in.
    """

    organisation = models.CharField(
        _("organisation"), max_length=200, help_text=_("Who answers for the platform.")
    )
    compliance = models.CharField(
        _("compliance"), max_length=10, choices=Compliance.choices, default=Compliance.PARTIAL
    )
    shortcomings = RichTextField(
        _("known shortcomings"),
        features=TEXT_FEATURES,
        blank=True,
        help_text=_("What does not meet the requirements, whom it hits, and when it is mended."),
    )
    burdensome = RichTextField(
        _("disproportionate burden"),
        features=TEXT_FEATURES,
        blank=True,
        help_text=_("What is not adapted because it would be unreasonably costly, and why."),
    )
    not_covered = RichTextField(
        _("content the law does not cover"), features=TEXT_FEATURES, blank=True
    )
    otherwise = RichTextField(
        _("another way"),
        features=TEXT_FEATURES,
        help_text=_("What one can do who can't use a part of the platform."),
    )
    testing = RichTextField(_("how it was tested"), features=TEXT_FEATURES)
    assessed_on = models.DateField(_("last assessed"))
    reviewed_on = models.DateField(_("last updated"))
    email = models.EmailField(
        _("e-mail"), help_text=_("Shown on the page; new reports are announced there.")
    )
    phone = models.CharField(_("telephone"), max_length=40, blank=True)

    parent_page_types = ["wagtailcore.Page"]
    subpage_types: list[str] = []
    max_count = 1
    template = "accessibility/statement.html"
    content_panels = [
        *Page.content_panels,
        FieldPanel("organisation"),
        FieldPanel("compliance"),
        MultiFieldPanel(
            [FieldPanel("shortcomings"), FieldPanel("burdensome"), FieldPanel("not_covered")],
            heading=_("What is not accessible"),
        ),
        FieldPanel("otherwise"),
        MultiFieldPanel(
            [FieldPanel("testing"), FieldPanel("assessed_on"), FieldPanel("reviewed_on")],
            heading=_("What it rests on"),
        ),
        MultiFieldPanel([FieldPanel("email"), FieldPanel("phone")], heading=_("Contact")),
    ]

    # Wagtail's metaclass would make the same; named for the type checker.
    objects = PageManager()

    class Meta:
        verbose_name = _("accessibility statement")
        verbose_name_plural = _("accessibility statements")

    def get_url_parts(self, *args: Any, **kwargs: Any) -> tuple[int, str, str] | None:
        """Its address is always the same, and open to who is not signed in."""
        parts = super().get_url_parts(*args, **kwargs)
        return parts and (parts[0], parts[1], reverse("accessibility:statement"))


class ReportStatus(models.TextChoices):
    """How far a report has come."""

    NEW = "ny", _("new")
    IN_PROGRESS = "pagar", _("in progress")
    MENDED = "atgardad", _("mended")
    CLOSED = "avslutad", _("closed without change")


class AccessibilityReport(models.Model):
    """A shortcoming somebody has reported. Who it was is known only if they said so."""

    reference = models.CharField(_("reference"), max_length=20, unique=True, editable=False)
    token = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    received_at = models.DateTimeField(_("received"), db_index=True)
    page = models.CharField(_("page"), max_length=500, blank=True)
    text = models.TextField(_("what does not work"), max_length=TEXT_AT_MOST)
    contact = models.CharField(_("contact"), max_length=200, blank=True)
    status = models.CharField(
        _("status"), max_length=10, choices=ReportStatus.choices, default=ReportStatus.NEW
    )
    note = models.TextField(_("note"), blank=True, help_text=_("For you who look after reports."))
    suspected = models.BooleanField(
        _("suspected spam"),
        default=False,
        help_text=_("Many at once, or a machine wrote it. Not announced by e-mail."),
    )
    # Who it came from, unreadable, for a day: so that many from one are held apart from the others.
    sender = models.CharField(max_length=40, blank=True, editable=False)

    objects: ClassVar[models.Manager["AccessibilityReport"]] = models.Manager()

    class Meta:
        verbose_name = _("accessibility report")
        verbose_name_plural = _("accessibility reports")
        ordering = ["-received_at", "-pk"]
        indexes = [models.Index(fields=["sender", "received_at"], name="a11y_report_sender")]

    def __str__(self) -> str:
        return self.reference
