"""What stands beside sensitive content: where somebody turns who needs support."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.models import RevisionMixin


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
