"""What an employment lacks for a clause of an audience, in words."""

from collections.abc import Iterable

from django.utils.translation import gettext, pgettext

from tracking.status.reasons import ClauseRead
from tracking.targets.expressions import Condition
from tracking.targets.words import Names, kind_words


def failed_words(clause: ClauseRead, names: Names) -> str:
    """Every condition of the clause that the employment does not meet, as one phrase."""
    failed = [_words(one.condition, names) for one in clause.conditions if not one.holds]
    return _listed(failed, gettext("and"))


def _words(condition: Condition, names: Names) -> str:
    values = _listed(_values(condition, names), pgettext("audience", "or"))
    match condition.key, condition.negated:
        case "enhet", False:
            words = gettext("is not in %(values)s")
        case "enhet", True:
            words = gettext("is in %(values)s, which the target leaves out")
        case "enhetstyp", False:
            words = gettext("is not in a unit of the type %(values)s")
        case "enhetstyp", True:
            words = gettext("is in a unit of the type %(values)s, which the target leaves out")
        case "befattning", False:
            words = gettext("does not have the role %(values)s")
        case "befattning", True:
            words = gettext("has the role %(values)s, which the target leaves out")
        case "verksamhetsomrade", False:
            words = gettext("is not within %(values)s")
        case "verksamhetsomrade", True:
            words = gettext("is within %(values)s, which the target leaves out")
        case _:
            asks_manager = ("ja" in condition.values) is not condition.negated
            return gettext("is not a manager") if asks_manager else gettext("is a manager")
    return words % {"values": values}


def _values(condition: Condition, names: Names) -> list[str]:
    match condition.key:
        case "enhet":
            said = [names.units.get(code, code) for code in condition.values]
        case "enhetstyp":
            said = [kind_words(kind) for kind in condition.values]
        case _:
            said = list(condition.values)
    return sorted(said)


def _listed(phrases: Iterable[str], last: str) -> str:
    """ "A", "A och B", "A, B och C"."""
    *begun, end = list(phrases) or [""]
    return f"{', '.join(begun)} {last} {end}" if begun else end
