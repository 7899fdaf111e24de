"""The questions after a course, and what trainers see of the answers."""

import io
from http import HTTPStatus

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.permissions import page_permission_policy

from courses.feedback.actions import AlreadyGiven, give_feedback
from courses.feedback.forms import FeedbackForm
from courses.feedback.queries import Report, completion_to_ask_of, is_given, reports
from courses.feedback.questions import FEWEST
from courses.pages.models import CoursePage
from foundation.formats import file_name, write_csv
from foundation.sorting import in_swedish_order
from tracking.organisation.models import User


@require_http_methods(["GET", "HEAD", "POST"])
def give(request: HttpRequest, page_id: int) -> HttpResponse:
    """Three questions, for who has completed the course and not answered yet."""
    page = get_object_or_404(CoursePage.objects.live(), pk=page_id)
    assert isinstance(request.user, User)  # every view here needs a log-in
    completion = completion_to_ask_of(request.user, page.course_code)
    if completion is None:
        raise Http404
    if is_given(completion):
        messages.info(request, _("You have answered already. Thank you!"))
        return redirect(page.url)
    form = FeedbackForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            give_feedback(completion=completion, answers=form.cleaned_data)
        except AlreadyGiven:  # in another tab, this very moment
            messages.info(request, _("You have answered already. Thank you!"))
        else:
            messages.success(request, _("Thank you! Your answers help those who write the course."))
        return HttpResponseRedirect(page.url, status=HTTPStatus.SEE_OTHER)
    status = HTTPStatus.BAD_REQUEST if form.is_bound else HTTPStatus.OK
    context = {"page": page, "form": form, "fewest": FEWEST}
    return render(request, "feedback/give.html", context, status=status)


def may_read(request: HttpRequest) -> bool:
    """Those who write courses."""
    return bool(
        page_permission_policy.user_has_any_permission(request.user, {"add", "change", "publish"})
    )


def _reports(request: HttpRequest) -> list[Report]:
    if not may_read(request):
        raise PermissionDenied
    mine = page_permission_policy.instances_user_has_any_permission_for(
        request.user, {"add", "change", "publish"}
    )
    pages = CoursePage.objects.filter(pk__in=mine.values("pk"), alias_of__isnull=True)
    return reports(pages.order_by(*in_swedish_order("title")))


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """The courses, with what is shown of each in one line."""
    context = {"reports": _reports(request), "fewest": FEWEST}
    return render(request, "feedback/overview.html", context)


@require_safe
def course(request: HttpRequest, page_id: int) -> HttpResponse:
    """What was answered about a course."""
    report = next((one for one in _reports(request) if one.page.pk == page_id), None)
    if report is None:
        raise Http404
    return render(request, "feedback/course.html", {"report": report, "fewest": FEWEST})


@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """All that the pages show, as a file."""
    file = io.StringIO()
    header = ["kurskod", "kurs", "fråga", "svar", "antal", "svarande"]
    write_csv(
        file,
        header,
        (
            (one.page.course_code, one.page.title, str(told.question.text), words, n, one.answers)
            for one in _reports(request)
            for told in one.told
            for words, n, _share in told.rows
        ),
    )
    answer = HttpResponse(file.getvalue().encode("utf-8-sig"), content_type="text/csv")
    name = file_name("kursvarderingar", "csv")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
