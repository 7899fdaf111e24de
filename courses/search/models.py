"""What there is to search: a row for each screen of a lesson and for each course."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class SearchEntry(models.Model):
    """A screen of a lesson, or a course, as search knows it.

    The databases index the terms by what its migration makes beside the table: on SQLite an FTS5
    table that triggers keep like this one (a migration that makes this table anew has to make them
    anew too), on PostgreSQL a GIN index.
    """

    page = models.ForeignKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="+")
    course = models.ForeignKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="+")
    language = models.CharField(_("language"), max_length=10)
    screen = models.PositiveSmallIntegerField(_("screen"))  # from 1; a course's own row has 0
    heading = models.CharField(_("heading"), max_length=255)
    text = models.TextField(_("text"))
    # Terms with a space between, as often as they come.
    heading_terms = models.TextField(editable=False)
    text_terms = models.TextField(editable=False)

    class Meta:
        verbose_name = _("search entry")
        constraints = [models.UniqueConstraint(fields=["page", "screen"], name="search_entry_once")]

    def __str__(self) -> str:
        return self.heading


class SearchWord(models.Model):
    """A term of a language, a word it comes from, and how many entries have it."""

    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES)
    term = models.CharField(_("term"), max_length=255)
    word = models.CharField(_("word"), max_length=255)
    entries = models.PositiveIntegerField(_("entries"))

    class Meta:
        verbose_name = _("search word")
        constraints = [
            models.UniqueConstraint(fields=["language", "term"], name="search_word_once")
        ]

    def __str__(self) -> str:
        return self.word
