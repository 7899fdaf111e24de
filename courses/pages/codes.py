"""The codes of courses: what completions are recorded by, for ever."""

import uuid
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import PageManager

from tracking.ledger.models import Course, CourseForm


class CourseCode(models.Model):
    """Which course a page is, in every language of it. A code once given is never given again."""

    translation_key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    code = models.CharField(_("code"), max_length=64, unique=True)

    class Meta:
        verbose_name = _("course code")
        verbose_name_plural = _("course codes")

    def __str__(self) -> str:
        return self.code


class Coded:
    """Of a page type with a field `course_code`."""

    course_code: str
    translation_key: uuid.UUID
    objects: ClassVar[PageManager]

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        """A course in another language has the code that was given to the first."""
        if not self.course_code:
            given = CourseCode.objects.filter(translation_key=self.translation_key).first()
            self.course_code = given.code if given else ""
        super().full_clean(*args, **kwargs)  # type: ignore[misc]

    def clean(self) -> None:
        """Refuse a code that is another course's, and a change of a published one."""
        super().clean()  # type: ignore[misc]
        given = CourseCode.objects.filter(translation_key=self.translation_key).first()
        if given and self.course_code != given.code:
            raise ValidationError(
                {
                    "course_code": _(
                        "This course is published as %(code)s, and keeps that code. What has to "
                        "be taken again is a new course: copy the page."
                    )
                    % {"code": given.code}
                }
            )
        if self.course_code and self.code_is_taken():
            raise ValidationError(
                {"course_code": _("%(code)s is another course's.") % {"code": self.course_code}}
            )

    def code_is_taken(self) -> bool:
        """Whether another course has the code, or had it."""
        others = {"translation_key": self.translation_key}
        return (
            CourseCode.objects.filter(code=self.course_code).exclude(**others).exists()
            or type(self).objects.filter(course_code=self.course_code).exclude(**others).exists()
            or Course.objects.known_now()
            .filter(code=self.course_code)
            .exclude(form=CourseForm.MODULE)
            .exists()
        )
