"""Keys with which another program reads what their holder may see."""

import uuid
from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tracking.organisation.models import User


class ApiKey(models.Model):
    """Opens the API with the rights its holder has on the day it is used, and no others.

    The key itself is kept nowhere: only its beginning, to be known by, and its hash.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    holder = models.ForeignKey(
        User, on_delete=models.CASCADE, related_name="api_keys", verbose_name=_("holder")
    )
    name = models.CharField(pgettext_lazy("API key", "name"), max_length=80)
    prefix = models.CharField(_("begins with"), max_length=16, unique=True)
    digest = models.CharField(max_length=64)
    # Otherwise figures only, whatever its holder may see.
    opens_people = models.BooleanField(_("status per person"), default=False)
    made_at = models.DateTimeField(_("made"))
    expires_on = models.DateField(_("last day"))
    last_used_at = models.DateTimeField(_("last used"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)

    class Meta:
        verbose_name = _("API key")
        verbose_name_plural = _("API keys")
        ordering = ["-made_at", "-pk"]
        indexes = [models.Index(fields=["holder", "made_at"], name="api_key_holder")]

    def __str__(self) -> str:
        return f"API key {self.prefix}"

    def is_live(self, on: date) -> bool:
        """Whether it opens anything on the day; its last day included."""
        return self.revoked_at is None and on <= self.expires_on
