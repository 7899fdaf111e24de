"""What came of H5P content: who opened what where, what it reported, how far they had come.

Every word of it comes from a browser. The server writes who and when; the rest is a claim.
"""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from courses.h5p.results.limits import LONGEST_NAME, LONGEST_PLACE, LONGEST_VERB
from courses.h5p.results.shares import WHOLE
from courses.h5p.store.models import H5PContent, H5PVersion

# H5P's own names of the whole content, and of the state that it saves by itself.
WHOLE_CONTENT = "0"
MAIN_STATE = "state"


class H5PLaunch(models.Model):
    """Somebody opened a version of a content at a place; what it plays with stays that version."""

    wagtail_reference_index_ignore = True  # what came of a content is no use of it

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="h5p_launches"
    )
    version = models.ForeignKey(H5PVersion, on_delete=models.CASCADE, related_name="launches")
    place = models.CharField(_("place"), max_length=LONGEST_PLACE)
    opened_at = models.DateTimeField(_("opened"))
    said = models.PositiveIntegerField(_("characters of statements kept"), default=0)

    class Meta:
        verbose_name = _("opened H5P content")
        verbose_name_plural = _("opened H5P content")

    def __str__(self) -> str:
        return f"launch {self.pk}"


class H5PStatement(models.Model):
    """What the content said once, as it came but for who is said to have done it.

    `key` is the browser's: what is sent twice is kept once. `sub` names a part of the content, ""
    for what is said of the whole.
    """

    launch = models.ForeignKey(
        H5PLaunch, on_delete=models.CASCADE, related_name="statements", db_index=False
    )
    key = models.UUIDField()
    received_at = models.DateTimeField(_("received"))
    verb = models.CharField(_("verb"), max_length=LONGEST_VERB)
    sub = models.CharField(_("part"), max_length=LONGEST_NAME, blank=True)
    share = models.PositiveSmallIntegerField(_("share of the points"), null=True, blank=True)
    success = models.BooleanField(_("right"), null=True, blank=True)
    # JSON in ASCII, as text: what PostgreSQL's jsonb can't hold (NUL, half characters) is data too.
    raw = models.TextField(_("statement"))

    class Meta:
        verbose_name = _("statement of H5P content")
        verbose_name_plural = _("statements of H5P content")
        constraints = [
            # It is the index by launch as well.
            models.UniqueConstraint(fields=["launch", "key"], name="h5p_statement_once"),
            models.CheckConstraint(
                condition=Q(share=None) | Q(share__lte=WHOLE), name="h5p_statement_share"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.key}"


class H5PResult(models.Model):
    """Where somebody stands with a content at a place: the best that was reported of them there.

    The points are of the try that counts: the largest share, the later of equal ones.
    """

    wagtail_reference_index_ignore = True  # what came of a content is no use of it

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="h5p_results",
        db_index=False,
    )
    content = models.ForeignKey(H5PContent, on_delete=models.CASCADE, related_name="results")
    place = models.CharField(_("place"), max_length=LONGEST_PLACE)
    opened_at = models.DateTimeField(_("first opened"))
    finished_at = models.DateTimeField(_("first finished"), null=True, blank=True)
    times = models.PositiveIntegerField(_("times finished"), default=0)
    # Of the try that counts.
    number = models.PositiveIntegerField(_("version"))
    raw = models.FloatField(_("points"), null=True, blank=True)
    maximum = models.FloatField(_("of points"), null=True, blank=True)
    share = models.PositiveSmallIntegerField(_("share of the points"), null=True, blank=True)
    success = models.BooleanField(_("passed, it says"), null=True, blank=True)
    seconds = models.PositiveIntegerField(_("seconds"), null=True, blank=True)

    class Meta:
        verbose_name = _("result of H5P content")
        verbose_name_plural = _("results of H5P content")
        constraints = [
            # It is the index by account, and by account and place, as well.
            models.UniqueConstraint(fields=["user", "place", "content"], name="h5p_result_once"),
            models.CheckConstraint(
                condition=Q(share=None) | Q(share__lte=WHOLE), name="h5p_result_share"
            ),
        ]

    def __str__(self) -> str:
        return f"result {self.pk}"

    @property
    def is_finished(self) -> bool:
        """Whether it was ever finished."""
        return self.finished_at is not None

    @property
    def best_share(self) -> int | None:
        """The share of the points that counts."""
        return self.share


class H5PState(models.Model):
    """How far somebody had come with a version at a place, in the content's own words.

    `sub` and `kind` are H5P's: the part of the content ("0" is the whole), and what is kept of it.
    """

    wagtail_reference_index_ignore = True  # what came of a content is no use of it

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="h5p_states",
        db_index=False,
    )
    version = models.ForeignKey(H5PVersion, on_delete=models.CASCADE, related_name="states")
    place = models.CharField(_("place"), max_length=LONGEST_PLACE)
    sub = models.CharField(_("part"), max_length=LONGEST_NAME)
    kind = models.CharField(_("kind"), max_length=LONGEST_NAME)
    # JSON in ASCII; "" where the content deleted it, which a late resend must not undo.
    data = models.TextField(_("state"), blank=True)
    # Which of two is newer: the counter within a launch, the moment between launches.
    launch = models.UUIDField()
    counter = models.PositiveBigIntegerField(default=0)
    made_at = models.DateTimeField(_("saved"))

    class Meta:
        verbose_name = _("saved place in H5P content")
        verbose_name_plural = _("saved places in H5P content")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "place", "version", "sub", "kind"], name="h5p_state_once"
            ),
        ]

    def __str__(self) -> str:
        return f"state {self.pk}"
