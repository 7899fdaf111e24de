"""What is said of a proof."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

REFUSED: dict[str, str | Promise] = {
    "again": _("You have handed in the same file for this course already."),
    "module": _("Modules are taken here, and need no proof."),
    "used": _("The same file stands for somebody else already, so it can't be verified."),
    "own": _("You can't decide on your own proof."),
}
