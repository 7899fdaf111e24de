"""Says what is old enough to be disposed of; with --apply it goes."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import translation
from django.utils.translation import gettext as _

from foundation.arguments import a_day
from foundation.intervals import today
from tracking.audit.actions import system_account
from tracking.retention.actions import Due, apply, due
from tracking.retention.rules import RULES


class Command(BaseCommand):
    """Without --apply nothing changes; without a decision nothing ever goes."""

    help = "Say what the retention rules would dispose of; with --apply, do it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--apply", action="store_true", help="Do it.")
        parser.add_argument(
            "--rule", nargs="+", action="extend", metavar="CODE", help="Only these rules."
        )
        parser.add_argument("--today", type=a_day, metavar="DATE", help="Judge as of this day.")

    def handle(self, *_args: Any, **given: Any) -> None:
        with translation.override("sv"):
            wanted = given["rule"] or list(RULES)
            for code in wanted:
                if code not in RULES:
                    raise CommandError(
                        _("No rule is called “%(code)s”. There are: %(codes)s.")
                        % {"code": code, "codes": ", ".join(RULES)}
                    )
            for one in due(given["today"] or today()):
                if one.rule.code in wanted:
                    self._one(one, go=given["apply"])
            if not given["apply"]:
                self.stdout.write(_("Dry run: nothing was changed."))

    def _one(self, one: Due, *, go: bool) -> None:
        about = f"{one.rule.code} ({one.rule.title})"
        values = {"what": about, "day": one.before, "count": one.rows}
        if one.decision is None:
            text = _("%(what)s: %(count)d from before %(day)s. There is no decision: they stay.")
            self.stdout.write(text % values)
            return
        values["reference"] = one.decision.reference
        if go:
            values["count"] = apply(one, actor=system_account())
            text = _("%(what)s: %(count)d from before %(day)s are gone, by decision %(reference)s.")
        else:
            text = _("%(what)s: %(count)d from before %(day)s, by decision %(reference)s.")
        self.stdout.write(text % values)
