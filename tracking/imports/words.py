"""What an import did, in words; the same at the command line and on a job's page."""

from django.utils.translation import gettext as _

from tracking.imports.actions import ImportResult
from tracking.imports.undoing import UndoResult


def counts_words(result: ImportResult, *, dry_run: bool) -> str:
    """How many facts are new, changed, withdrawn and as they were, and how many rows were bad."""
    counts = _(
        "%(new)d new, %(changed)d changed, %(withdrawn)d withdrawn, %(unchanged)d unchanged"
    ) % {
        "new": result.new,
        "changed": result.changed,
        "withdrawn": result.withdrawn,
        "unchanged": result.unchanged,
    }
    counts += result.also
    if result.problems:
        left_out = len({(problem.file, problem.line) for problem in result.problems})
        counts += _(", %(count)d left out") % {"count": left_out}
    return counts + _(" (dry run: nothing was changed)") if dry_run else counts


def undo_words(result: UndoResult, *, dry_run: bool) -> str:
    """What undoing took away and brought back."""
    counts = _("%(gone)d taken away, %(back)d brought back") % {
        "gone": result.taken_away,
        "back": result.brought_back,
    }
    return counts + _(" (dry run: nothing was changed)") if dry_run else counts
