"""Courses in targets that nobody can complete: they lack a quiz that is graded here."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from foundation.components.numbers import number
from foundation.sorting import swedish
from tracking.ledger.models import Course
from tracking.quality.finding import Cell, Finding, Found, Line, holds
from tracking.quality.look import Look
from tracking.targets.grading import ungraded
from tracking.targets.models import Target
from tracking.targets.queries import courses_of


@dataclass(frozen=True, slots=True)
class Asked:
    """A course that lacks its quiz, and a target that asks for it."""

    code: str
    name: str
    url: str
    lacks: str
    target: Target


class UngradedCourses(Finding):
    """By course and target; targets that have ended are left out."""

    key = "kurser-utan-prov"
    title = _("Courses in targets that lack a quiz")
    means = _(
        "A knowledge target asks for a course that has no published final quiz. A course taken "
        "here is completed by passing its quiz, which is graded here: until it has one nobody "
        "becomes done with the course, and those it is for stand as not done."
    )
    advice = _(
        "Ask whoever answers for the course to choose a final quiz in its editor and publish it. "
        "Until then the target may ask for another course: change it under Knowledge targets."
    )
    heads = (_("Course"), _("What it lacks"), _("Knowledge target"))
    searched = _("Course or target")

    def count(self, look: Look) -> int:
        return len({one.code for one in _asked(look)})

    def counted(self, count: int) -> str:
        return ngettext("%(count)s course", "%(count)s courses", count) % {"count": number(count)}

    def found(self, look: Look, words: str) -> Found:
        return [
            one
            for one in _asked(look)
            if holds(words, one.name, one.code, one.target.name, one.target.code)
        ]

    def lines(self, look: Look, page: Sequence[Any], *, opens_people: bool) -> list[Line]:
        return [
            Line(
                (
                    Cell(one.name, second=one.code, url=one.url, lang="sv"),
                    Cell(capfirst(one.lacks)),
                    Cell(
                        one.target.name,
                        second=one.target.code,
                        url=reverse("programme:target", args=[one.target.code]),
                        lang="sv",
                    ),
                )
            )
            for one in page
        ]


def _asked(look: Look) -> list[Asked]:
    """One query, those of whoever keeps the courses, and one of names where any lacks a quiz."""
    wanted = [(target, courses_of(target)) for target in look.targets]
    lacking = ungraded({code for _target, codes in wanted for code in codes})
    if not lacking:
        return []
    rows = Course.objects.known_now().filter(code__in=lacking).values_list("code", "name")
    names = dict(rows)
    found = [
        Asked(code, names.get(code, code), lacking[code].url, lacking[code].lacks, target)
        for target, codes in wanted
        for code in codes
        if code in lacking
    ]
    return sorted(found, key=lambda one: (swedish(one.name), one.code, one.target.code))
