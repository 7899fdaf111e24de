"""What the files last wrote, so that what a trainer has changed since is told from what has not."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class LoadedPage(models.Model):
    """A page that came from files. Without a page: it was loaded, and deleted here since."""

    key = models.CharField(_("key"), max_length=200, unique=True)
    page = models.OneToOneField(
        "wagtailcore.Page",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    digest = models.CharField(_("fingerprint"), max_length=64)

    class Meta:
        verbose_name = _("loaded page")

    def __str__(self) -> str:
        return self.key


class LoadedImage(models.Model):
    """An image that came from files."""

    key = models.CharField(_("key"), max_length=200, unique=True)
    image = models.OneToOneField(
        "wagtailimages.Image",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    # SHA-1 of the file, as Wagtail keeps it for its images.
    digest = models.CharField(_("fingerprint"), max_length=40)

    class Meta:
        verbose_name = _("loaded image")

    def __str__(self) -> str:
        return self.key


class LoadedDocument(models.Model):
    """A film, a recording or captions that came from files."""

    key = models.CharField(_("key"), max_length=200, unique=True)
    document = models.OneToOneField(
        "wagtaildocs.Document",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    # SHA-1 of the file, as Wagtail keeps it for its documents.
    digest = models.CharField(_("fingerprint"), max_length=40)

    class Meta:
        verbose_name = _("loaded file")

    def __str__(self) -> str:
        return self.key


class LoadedText(models.Model):
    """What a part of a module said when it was last as its files have it (courses.modules.texts).

    Whatever is edited here and in the files since is told apart from this.
    """

    key = models.CharField(_("key"), max_length=250, unique=True)
    text = models.TextField(_("text"))

    class Meta:
        verbose_name = _("loaded text")

    def __str__(self) -> str:
        return self.key
