"""What signing in has to remember between requests and between machines."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SpentAssertion(models.Model):
    """A SAML assertion that has let somebody in, as a hash: it never does so again."""

    key = models.CharField(max_length=64, primary_key=True)
    until = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = _("spent assertion")
        verbose_name_plural = _("spent assertions")

    def __str__(self) -> str:
        return self.key[:8]
