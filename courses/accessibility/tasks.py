"""What follows a report: those who look after the platform are told."""

from celery import shared_task
from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from courses.accessibility.actions import ANNOUNCE, forget_reports
from courses.accessibility.models import AccessibilityReport
from courses.accessibility.queries import published_statement


@shared_task(name=ANNOUNCE, soft_time_limit=30, time_limit=60)
def announce_report(report: int) -> None:
    """Mail the number of a new report, and where it is read. What it says stays in the platform.

    Nothing when the report is gone, or no statement names an address.
    """
    found = AccessibilityReport.objects.filter(pk=report).first()
    statement = published_statement()
    if found is None or statement is None:
        return
    viewset = AccessibilityReport.snippet_viewset  # type: ignore[attr-defined]
    there = reverse(viewset.get_url_name("edit"), args=[found.pk])
    with translation.override(settings.LANGUAGE_CODE):
        said = _("Somebody has reported what does not work. Read and answer here: %(url)s")
        EmailMessage(
            subject=_("Accessibility: report %(reference)s") % {"reference": found.reference},
            body=said % {"url": f"{settings.WAGTAILADMIN_BASE_URL}{there}"},
            to=[statement.email],
            # The same row run twice gives one message in a mailbox that knows what it has.
            headers={"Message-ID": f"<{found.token}@kompetens-mot-vald>"},
        ).send()


@shared_task(name="courses.forget_accessibility_reports", soft_time_limit=60, time_limit=120)
def forget_old_reports() -> None:
    """Reports go when the form said they would."""
    forget_reports(now=timezone.now())
