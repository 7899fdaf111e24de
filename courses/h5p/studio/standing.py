"""How it stands with a content: whether it plays, and what it waits for or lacks, in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext as _

from courses.h5p.store.models import H5PLibrary, H5PVersion, VersionState
from courses.h5p.store.queries import waits_of_versions


class Code(StrEnum):
    """The ways it can stand."""

    READY = "ready"
    WAITING = "waiting"
    MISSING = "missing"
    STOPPED = "stopped"
    EMPTY = "empty"


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
        return {
            Code.READY: _("Can be played"),
            Code.WAITING: _("Waiting for approval"),
            Code.MISSING: _("Lacks libraries"),
            Code.STOPPED: _("Stopped: a library is blocked"),
            Code.EMPTY: _("Nothing is uploaded"),
        }[self.code]

    @property
    def detail(self) -> str:
        """The libraries by name, or nothing."""
        named: Iterable[str] = ()
        if self.code is Code.MISSING:
            named = self.missing
        elif self.code is Code.WAITING:
            named = map(str, self.waits_for)
        elif self.code is Code.STOPPED:
            named = map(str, self.blocked)
        return ", ".join(named)


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
