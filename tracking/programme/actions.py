"""What is done with drafts of targets: begun, kept, published, thrown away."""

from django.db import transaction
from django.utils import timezone

from tracking.organisation.models import User
from tracking.programme.models import Purpose, TargetDraft
from tracking.programme.typed import Typed
from tracking.targets.actions import Published, publish_target, succeed_target
from tracking.targets.models import Target
from tracking.targets.rows import cells_of


@transaction.atomic
def begin_draft(*, owner: User, purpose: Purpose, base: Target | None) -> TargetDraft:
    """A draft to fill in; the one already begun, of the same version for the same purpose."""
    now = timezone.now()
    if base is None:
        return TargetDraft.objects.create(
            owner=owner, purpose=Purpose.NEW, typed=Typed().lists, begun_at=now, changed_at=now
        )
    row = cells_of(base)
    if purpose == Purpose.SUCCEED:
        row |= {"kod": _next_code(base.code), "fran": "", "till": ""}
    filled = {"typed": Typed.of_row(row).lists, "begun_at": now, "changed_at": now}
    draft, _created = TargetDraft.objects.get_or_create(
        owner=owner, purpose=purpose, base=base, defaults=filled
    )
    return draft


def keep_draft(*, draft: TargetDraft, typed: Typed) -> None:
    """Keep what has been filled in."""
    draft.typed, draft.changed_at = typed.lists, timezone.now()
    draft.save(update_fields=["typed", "changed_at"])


@transaction.atomic
def rebase_draft(*, draft: TargetDraft, base: Target) -> None:
    """Let what was filled in stand against the version that is known now.

    An older draft against that version gives way: what is in hand is what its owner looks at.
    """
    same = TargetDraft.objects.filter(owner=draft.owner, base=base, purpose=draft.purpose)
    same.exclude(pk=draft.pk).delete()
    draft.base, draft.changed_at = base, timezone.now()
    draft.save(update_fields=["base", "changed_at"])


def discard_draft(*, draft: TargetDraft) -> None:
    """Throw the draft away."""
    draft.delete()


@transaction.atomic
def publish_draft(*, draft: TargetDraft, cells: dict[str, str], actor: User) -> Published:
    """The draft becomes what the platform knows, and is no draft any more.

    Raises TargetRefused and PublishedMeanwhile; the draft then stands as it was.
    """
    base = draft.base
    if draft.purpose == Purpose.SUCCEED and base is not None:
        published = succeed_target(cells=cells, base=base, actor=actor)
    else:
        published = publish_target(cells=cells, base=base, actor=actor)
    TargetDraft.objects.filter(pk=draft.pk).delete()
    return published


def _next_code(code: str) -> str:
    """A code for what follows on a target: the same with a number, the next free one."""
    taken = set(Target.objects.values_list("code", flat=True))
    stem, dash, number = code.rpartition("-")
    following = int(number) + 1 if dash and number.isdecimal() and len(number) < 4 else 2
    stem = stem if following > 2 else code
    while f"{stem[:58]}-{following}" in taken:
        following += 1
    return f"{stem[:58]}-{following}"
