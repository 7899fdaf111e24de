"""What follows a law's replacement: the authors of lessons that cite it are told."""

from celery import shared_task
from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from courses.upkeep.actions import TELL
from courses.upkeep.models import LessonFlag
from tracking.organisation.models import User


@shared_task(name=TELL, soft_time_limit=30, time_limit=60)
def tell_of_flags(author: int) -> None:
    """One mail with all lessons an author has not been told of; it names lessons and laws only."""
    user = User.objects.filter(pk=author, is_active=True).exclude(email="").first()
    flags = list(
        LessonFlag.objects.filter(author=author, closed_at=None, told_at=None)
        .select_related("lesson", "law")
        .order_by("pk")
    )
    if user is None or not flags:
        return
    with translation.override(settings.LANGUAGE_CODE):
        lines = [f"- {flag.lesson.title}: {flag.law}" for flag in flags]
        there = f"{settings.WAGTAILADMIN_BASE_URL}{reverse('flags')}"
        said = _("These lessons of yours cite law that has been replaced:")
        EmailMessage(
            subject=_("Law that your lessons cite has been replaced"),
            body="\n".join([said, "", *lines, "", there]),
            to=[user.email],
            # The same row run twice gives one message in a mailbox that knows what it has.
            headers={"Message-ID": f"<flags-{flags[0].pk}-{flags[-1].pk}@kompetens-mot-vald>"},
        ).send()
    LessonFlag.objects.filter(pk__in=[flag.pk for flag in flags]).update(told_at=timezone.now())
