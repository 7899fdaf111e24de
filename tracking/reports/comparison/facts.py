"""Facts in words: what was entered, corrected or withdrawn, when, and from which file."""

from collections.abc import Sequence
from datetime import timedelta
from functools import cached_property

from django.utils.translation import gettext, pgettext

from foundation.components.dates import swedish_date
from foundation.facts import DatedFact, Fact, FactBatch
from foundation.intervals import STOCKHOLM
from tracking.ledger.models import Completion, Start
from tracking.ledger.queries import known_courses
from tracking.organisation.models import Absence, Employment, Unit
from tracking.status.compare.comparison import Comparison
from tracking.status.compare.evidence import Evidence, How
from tracking.targets.models import Exemption, Target

# More facts than anybody reads in a row of a table: a whole organisation may have been renamed.
MOST_SAID = 4


class FactWords:
    """Says facts; the names of courses and units in them are read once, when first needed."""

    def __init__(self, comparison: Comparison, behind: Sequence[Sequence[Evidence]]) -> None:
        self._batch = max(comparison.before.batch, comparison.after.batch)
        self._courses = {
            fact.course_code
            for facts in behind
            for one in facts
            for fact in (one.fact, one.was)
            if isinstance(fact, Completion | Start)
        }

    def said(self, facts: Sequence[Evidence]) -> list[str]:
        """A sentence for each fact, of the first of them."""
        words = [self._sentence(one) for one in facts[:MOST_SAID]]
        if len(facts) > MOST_SAID:
            words.append(gettext("and %(count)d more") % {"count": len(facts) - MOST_SAID})
        return words

    def _sentence(self, one: Evidence) -> str:
        if one.fact is None:
            return gettext("The last day was %(day)s") % {
                "day": swedish_date(one.day) if one.day else "–"
            }
        said = self._fact(one.fact)
        if one.was is not None:
            said = self._corrected(one.fact, one.was)
        if one.batch is None:
            return said
        told = {"fact": said, "entered": _entered(one.batch)}
        match one.how:
            case How.WITHDRAWN:
                return gettext("%(fact)s: withdrawn %(entered)s") % told
            case How.CORRECTED:
                return gettext("%(fact)s: corrected %(entered)s") % told
            case _:
                return gettext("%(fact)s: entered %(entered)s") % told

    def _fact(self, fact: Fact) -> str:
        match fact:
            case Completion():
                said = gettext("%(course)s completed %(day)s") % self._done(fact)
            case Start():
                said = gettext("%(course)s begun %(day)s") % self._done(fact)
            case Employment():
                said = f"{self._worked_as(fact)}, {_period(fact)}"
            case Absence():
                said = gettext("Leave %(days)s") % {"days": _period(fact)}
            case Exemption():
                said = gettext("Exempt %(days)s") % {"days": _period(fact)}
            case Unit():
                said = f"{self._placed(fact)}, {_period(fact)}"
            case Target():
                said = f"{fact.name}, {_period(fact)}"
            case _:
                raise TypeError(type(fact).__name__)
        return said

    def _corrected(self, fact: Fact, was: Fact) -> str:
        """What a correction changed: as it is now and as it was; of a target, the fields' names."""
        if isinstance(fact, Target):
            fields = [
                str(field.verbose_name)
                for field in fact._meta.fields
                if (name := field.name) in fact.value_fields
                and getattr(fact, name) != getattr(was, name)
            ]
            return gettext("%(target)s: %(fields)s") % {
                "target": fact.name,
                "fields": ", ".join(fields),
            }
        told = {"now": self._fact(fact), "was": self._fact(was)}
        return gettext("%(now)s (was: %(was)s)") % told

    def _done(self, fact: Completion | Start) -> dict[str, str]:
        name = self._course_names.get(fact.course_code, fact.course_code)
        return {"course": name, "day": swedish_date(fact.on)}

    def _worked_as(self, fact: Employment) -> str:
        unit = self._unit_names.get(fact.unit_code, fact.unit_code)
        return f"{fact.position}, {unit}" if fact.position else unit

    def _placed(self, fact: Unit) -> str:
        if not fact.parent_code:
            return fact.name
        above = self._unit_names.get(fact.parent_code, fact.parent_code)
        return gettext("%(unit)s under %(above)s") % {"unit": fact.name, "above": above}

    @cached_property
    def _course_names(self) -> dict[str, str]:
        courses = known_courses(self._courses, self._batch)
        return {code: course.name for code, course in courses.items()}

    @cached_property
    def _unit_names(self) -> dict[str, str]:
        rows = Unit.objects.known_by(self._batch).order_by("valid_from")
        return dict(rows.values_list("code", "name"))


def _entered(batch: FactBatch) -> str:
    day = swedish_date(batch.recorded_at.astimezone(STOCKHOLM).date())
    if not batch.file_name:
        return day
    return gettext("%(day)s from %(file)s") % {"day": day, "file": batch.file_name}


def _period(fact: DatedFact | Target) -> str:
    """The days of a fact, both ends included."""
    begins = swedish_date(fact.valid_from) if fact.valid_from else ""
    if fact.valid_to is None:
        if not begins:
            return pgettext("period", "always")
        return gettext("from %(first)s") % {"first": begins}
    ends = swedish_date(fact.valid_to - timedelta(days=1))
    if not begins:
        return gettext("through %(last)s") % {"last": ends}
    return gettext("%(first)s to %(last)s") % {"first": begins, "last": ends}
