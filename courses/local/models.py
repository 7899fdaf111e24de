"""What a district has written in a lesson: every wording, the last one counts."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from courses.pages.blocks.keys import LONGEST as LONGEST_KEY
from tracking.organisation.models import User

LONGEST_TEXT = 2000


class LocalNote(models.Model):
    """A wording of a district's note. The one written last is shown; an empty one takes it away.

    The lesson is known by its translation key: a note is the same in every language of it.
    """

    lesson_key = models.UUIDField(_("lesson"))
    block_key = models.CharField(_("key"), max_length=LONGEST_KEY)
    unit_code = models.CharField(_("district"), max_length=64)
    text = models.TextField(_("text"), max_length=LONGEST_TEXT, blank=True)
    written_by = models.ForeignKey(
        User,
        verbose_name=_("written by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    written_at = models.DateTimeField(_("written"))

    class Meta:
        verbose_name = _("local note")
        verbose_name_plural = _("local notes")
        indexes = [models.Index(fields=["lesson_key", "block_key"], name="local_note_place")]

    def __str__(self) -> str:
        return f"{self.block_key}, {self.unit_code}"
