"""In the admin: what kind of change it is, and the way to a new course."""

from http import HTTPStatus

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from wagtail import hooks
from wagtail.models import Page

from courses.pages.models import CoursePage
from courses.renewal.actions import publish_editorial, renew_course
from courses.renewal.forms import NEW, KindForm, RenewalForm
from courses.renewal.queries import course_of, must_be_judged
from foundation.intervals import today
from tracking.organisation.models import User
from tracking.targets.queries import targets_counting


def ask_what_kind(_request: HttpRequest, page: Page) -> HttpResponse | None:
    """Before a changed part of a published course goes live; its draft has been saved by then."""
    return redirect("change_kind", page.pk) if must_be_judged(page) else None


def _user(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # the admin needs a log-in
    return request.user


def _publishable(request: HttpRequest, page_id: int) -> Page:
    page = get_object_or_404(Page, pk=page_id).specific
    if not page.permissions_for_user(_user(request)).can_publish():
        raise PermissionDenied
    return page


@require_http_methods(["GET", "HEAD", "POST"])
def kind(request: HttpRequest, page_id: int) -> HttpResponse:
    """Editorial: published at once. A new course: on to what it needs."""
    page = _publishable(request, page_id)
    course = course_of(page)
    if course is None or page.latest_revision is None:
        return redirect("wagtailadmin_pages:edit", page.pk)
    form = KindForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if form.cleaned_data["kind"] == NEW:
            return redirect("renew_course", course.pk)
        publish_editorial(revision=page.latest_revision, actor=_user(request))
        said = _("“%(title)s” is published. Nothing happens to those who have the course.")
        messages.success(request, said % {"title": page.latest_revision.object_str})
        # As after the editor's own button.
        published = get_object_or_404(Page, pk=page.pk).specific
        answers = [hook(request, published) for hook in hooks.get_hooks("after_publish_page")]
        shown = next((one for one in answers if isinstance(one, HttpResponse)), None)
        return shown or redirect("wagtailadmin_pages:edit", page.pk)
    context = {"form": form, "page": page, "course": course}
    status = HTTPStatus.BAD_REQUEST if form.errors else HTTPStatus.OK
    return render(request, "renewal/kind.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def renew(request: HttpRequest, page_id: int) -> HttpResponse:
    """A new code, the pages copied with it, the old course's last day."""
    course = _publishable(request, page_id)
    if not isinstance(course, CoursePage) or not course.live:
        return redirect("wagtailadmin_pages:edit", course.pk)
    initial = {"title": course.title, "slug": f"{course.slug}-2"}
    form = RenewalForm(request.POST or None, course=course, on=today(), initial=initial)
    if request.method == "POST" and form.is_valid():
        new = renew_course(course=course, actor=_user(request), **form.cleaned_data)
        said = _(
            "The new course %(code)s is a draft with your changes, to publish when it is ready."
        )
        messages.success(request, said % {"code": form.cleaned_data["code"]})
        return redirect("wagtailadmin_explore", new.pk)
    targets = targets_counting(course.course_code, on=today())
    context = {"form": form, "course": course, "targets": targets}
    status = HTTPStatus.BAD_REQUEST if form.errors else HTTPStatus.OK
    return render(request, "renewal/renew.html", context, status=status)
