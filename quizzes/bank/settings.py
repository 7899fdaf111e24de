"""How a quiz is taken and judged: what a trainer sets, and what each attempt keeps a copy of."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

LONGEST_WAIT_MINUTES = 30 * 24 * 60
LONGEST_LIMIT_MINUTES = 600


class Counts(models.TextChoices):
    """Which of several tries says where somebody stands."""

    BEST = "best", _("the best try")
    LATEST = "latest", _("the latest try")


class Feedback(models.TextChoices):
    """When it is told what was right, and why."""

    EACH = "each", _("after each question")
    END = "end", _("when the quiz is handed in")
    PASSED = "passed", _("when the quiz is passed, or no tries are left")


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings as an attempt keeps them. What an older attempt lacks is as it was then."""

    pass_percent: int = 80
    max_tries: int = 0
    wait_minutes: int = 0
    counts: str = Counts.BEST.value
    limit_minutes: int = 0
    one_at_a_time: bool = False
    feedback: str = Feedback.END.value

    @classmethod
    def of(cls, rule: Mapping[str, Any]) -> "Settings":
        """Of an attempt's rule, or of anything else with some of the names."""
        return cls(**{one.name: rule[one.name] for one in fields(cls) if one.name in rule})

    def plain(self) -> dict[str, Any]:
        """As plain data."""
        return asdict(self)


class QuizSettings(models.Model):
    """The same as fields of a quiz."""

    pass_percent = models.PositiveSmallIntegerField(
        _("pass mark, percent"),
        default=80,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
        help_text=_("How much of all points it takes. Compared exactly, without rounding."),
    )
    max_tries = models.PositiveSmallIntegerField(
        _("number of tries"), default=0, help_text=_("0 means as many as one likes.")
    )
    wait_minutes = models.PositiveIntegerField(
        _("waiting time between tries, minutes"),
        default=0,
        validators=[MaxValueValidator(LONGEST_WAIT_MINUTES)],
        help_text=_(
            "From handing in to the next start. 0 means none, 60 an hour, 1440 a day and a night."
        ),
    )
    counts = models.CharField(
        _("which try counts"),
        max_length=10,
        choices=Counts.choices,
        default=Counts.BEST,
        help_text=_(
            "Decides what is shown as the quiz's result. A completion that has been recorded stays,"
            " whatever becomes of later tries."
        ),
    )
    limit_minutes = models.PositiveSmallIntegerField(
        _("time limit, minutes"),
        default=0,
        validators=[MaxValueValidator(LONGEST_LIMIT_MINUTES)],
        help_text=_(
            "0 means no limit, which suits most. When the time is up, what is answered is handed in"
            " by itself. Who needs it can be given more time."
        ),
    )
    one_at_a_time = models.BooleanField(
        _("one question a page"),
        default=False,
        help_text=_(
            "One can go back and forth, and mark questions to return to. Otherwise all questions"
            " stand on one page."
        ),
    )
    shuffle = models.BooleanField(
        _("shuffle the options"),
        default=True,
        help_text=_("Each attempt gets an order of its own, also of steps and pairs."),
    )
    feedback = models.CharField(
        _("what was right is told"),
        max_length=10,
        choices=Feedback.choices,
        default=Feedback.END,
        help_text=_(
            "After each question: an answer that has been looked at can't be changed. When passed:"
            " until then only the points and what to read again are shown."
        ),
    )

    class Meta:
        abstract = True

    @property
    def settings(self) -> Settings:
        """What an attempt copies."""
        return Settings(**{one.name: getattr(self, one.name) for one in fields(Settings)})
