"""How it stands with a content: whether it plays, and what it waits for or lacks, in words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.h5p.store.models import H5PLibrary, H5PVersion, VersionState
from courses.h5p.store.queries import waits_of_versions

# Content made with Lumi or h5p.org comes with dozens of libraries.
NAMED = 4


class Code(StrEnum):
    """The ways it can stand."""

    READY = "ready"
    WAITING = "waiting"
    MISSING = "missing"
    STOPPED = "stopped"
    EMPTY = "empty"


LABELS: dict[Code, "str | Promise"] = {
    Code.READY: gettext_lazy("Can be played"),
    Code.WAITING: gettext_lazy("Waiting for approval"),
    Code.MISSING: gettext_lazy("Lacks libraries"),
    Code.STOPPED: gettext_lazy("Stopped: a library is blocked"),
    Code.EMPTY: gettext_lazy("Nothing is uploaded"),
}


@dataclass(frozen=True, slots=True)
class Standing:
    """Of a version: what keeps it from being played, if anything does."""

    version: H5PVersion | None
    waits_for: tuple[H5PLibrary, ...] = ()
    blocked: tuple[H5PLibrary, ...] = ()
    missing: tuple[str, ...] = ()

    @property
    def code(self) -> Code:
        """What weighs most: a trainer can fetch what is missing, an administrator must decide."""
        if self.version is None:
            return Code.EMPTY
        if self.version.state == VersionState.READY:
            return Code.STOPPED if self.blocked else Code.READY
        if self.missing:
            return Code.MISSING
        return Code.STOPPED if self.blocked and not self.waits_for else Code.WAITING

    @property
    def plays(self) -> bool:
        """Whether learners can open it."""
        return self.code is Code.READY

    @property
    def label(self) -> str:
        """In few words."""
        return str(LABELS[self.code])

    @property
    def named(self) -> list[str]:
        """The libraries that its state is about, by name."""
        if self.code is Code.MISSING:
            return list(self.missing)
        if self.code is Code.WAITING:
            return [str(one) for one in self.waits_for]
        return [str(one) for one in self.blocked] if self.code is Code.STOPPED else []

    @property
    def detail(self) -> str:
        """Them in few words, or nothing."""
        return some_of(self.named)

    @property
    def is_cut(self) -> bool:
        """Whether `detail` leaves some of them out."""
        return len(self.named) > NAMED


def some_of(names: Sequence[str]) -> str:
    """As many as a list has room for, and how many there are besides."""
    if len(names) <= NAMED:
        return ", ".join(names)
    words = _("%(names)s and %(count)d more")
    shown = names[: NAMED - 1]
    return words % {"names": ", ".join(shown), "count": len(names) - len(shown)}


def standing_of(version: H5PVersion | None) -> Standing:
    """Of one version. One query at most."""
    return standings([version])[version.pk] if version is not None else Standing(None)


def standings(versions: Iterable[H5PVersion | None]) -> dict[int, Standing]:
    """Of several versions, by their keys. One query."""
    asked = {one.pk: one for one in versions if one is not None}
    return {
        pk: Standing(asked[pk], tuple(waits.waiting), tuple(waits.blocked), tuple(waits.missing))
        for pk, waits in waits_of_versions(asked.values()).items()
    }
