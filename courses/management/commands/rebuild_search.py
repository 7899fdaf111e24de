"""Makes what search knows anew out of the published pages."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from courses.search.actions import rebuild


class Command(BaseCommand):
    """Publishing keeps search current by itself; this is for after a restore or a repair."""

    help = "Make the search index anew out of the published pages."

    def handle(self, *_args: Any, **_given: Any) -> None:
        count = rebuild()
        self.stdout.write(_("%(count)d screens and courses can be searched.") % {"count": count})
