"""Libraries: the platform administrator sees what waits, and lets each in or keeps it out."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib import messages
from django.db.models import Case, F, IntegerField, QuerySet, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from courses.h5p.store.actions import (
    approve_libraries,
    approve_library,
    block_library,
    unblock_library,
)
from courses.h5p.store.models import H5PContent, H5PLibrary, H5PVersion, LibraryState
from courses.h5p.store.queries import libraries as all_libraries
from courses.h5p.store.queries import missing_libraries, ready_versions
from courses.h5p.store.reviewing import (
    Alone,
    Differences,
    Review,
    differences,
    judged_alone,
    review_of,
)
from courses.h5p.studio.forms import ApprovalForm, BlockForm, SeveralForm
from courses.h5p.studio.gates import account, for_the_administrator


@dataclass(frozen=True, slots=True)
class Row:
    """A library in the list; why it is judged by itself, where it is."""

    library: H5PLibrary
    alone: Alone | None


@dataclass(frozen=True, slots=True)
class Part:
    """The libraries of one state."""

    state: str
    heading: str
    rows: list[Row]

    @property
    def waits(self) -> bool:
        """Whether they are to be decided on."""
        return self.state == LibraryState.WAITING


@require_safe
@for_the_administrator
def libraries(request: HttpRequest) -> HttpResponse:
    """All of them, those that wait first; and the names that content asks for in vain."""
    words = request.GET.get("q", "").strip()
    found = _searched(all_libraries().select_related("brought_in_by__person"), words)
    by_state: dict[str, list[H5PLibrary]] = {}
    for one in found:
        by_state.setdefault(one.state, []).append(one)
    headings = {
        LibraryState.WAITING: _("Waiting for your decision"),
        LibraryState.APPROVED: _("Approved libraries"),
        LibraryState.BLOCKED: _("Blocked libraries"),
    }
    alone = judged_alone(by_state.get(LibraryState.WAITING, []))
    context = {
        "parts": [
            Part(
                state.value,
                heading,
                [Row(one, alone.get(one.pk)) for one in by_state.get(state.value, [])],
            )
            for state, heading in headings.items()
        ],
        "form": SeveralForm(),
        "missing": missing_libraries(),
        "words": words,
    }
    return render(request, "h5p/studio/libraries.html", context)


def _searched(found: QuerySet[H5PLibrary], words: str) -> QuerySet[H5PLibrary]:
    for word in words.split():
        found = found.filter(machine_name__icontains=word) | found.filter(title__icontains=word)
    # Among those that wait, what most contents wait for; the others by name.
    wanted = Case(
        When(state=LibraryState.WAITING, then=F("waited_for")),
        default=-1,
        output_field=IntegerField(),
    )
    return found.order_by(
        wanted.desc(), "machine_name", "-major", "-minor", "-patch", "first_seen_at"
    )


@require_safe
@for_the_administrator
def library(request: HttpRequest, pk: int) -> HttpResponse:
    """What it is, where it came from, who needs it, and what approving or blocking it does."""
    return _page(request, _library(pk), ApprovalForm(), BlockForm())


@require_POST
@for_the_administrator
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    """Let it run in everybody's browser."""
    found = _library(pk)
    form = ApprovalForm(request.POST)
    form.full_clean()
    ready = approve_library(
        library=found,
        actor=account(request),
        now=timezone.now(),
        needs_eval=form.cleaned_data["needs_eval"],
    )
    said = ngettext(
        "%(library)s is approved. %(count)d content can be played now.",
        "%(library)s is approved. %(count)d contents can be played now.",
        count := _contents(ready),
    )
    messages.success(request, said % {"library": found, "count": count})
    return redirect("h5p_libraries")


@require_POST
@for_the_administrator
def approve_several(request: HttpRequest) -> HttpResponse:
    """Those that were ticked; what is to be judged by itself is left, and named."""
    form = SeveralForm(request.POST)
    if not form.is_valid():
        for said in form.errors.get("library", []):
            messages.warning(request, str(said))
        return redirect("h5p_libraries")
    waiting = form.cleaned_data["library"].filter(state=LibraryState.WAITING)
    left = judged_alone(waiting)
    chosen = [one for one in waiting if one.pk not in left]
    ready = approve_libraries(libraries=chosen, actor=account(request), now=timezone.now())
    if chosen:
        messages.success(request, _approved(len(chosen), _contents(ready)))
    for one in waiting:
        if one.pk in left:
            words = _("%(library)s is to be looked at by itself, and waits.")
            messages.warning(request, words % {"library": one})
    return redirect("h5p_libraries")


def _contents(versions: Iterable[H5PVersion]) -> int:
    """How many they are of: several versions of one may be ready at once."""
    return len({one.content_id for one in versions})


def _silent(stopped: Iterable[H5PVersion]) -> int:
    """How many contents nothing plays of any more; of others another version does."""
    contents = H5PContent.objects.filter(versions__in=stopped).distinct()
    return len(contents) - len(ready_versions(contents))


def _approved(libraries: int, ready: int) -> str:
    let_in = ngettext(
        "%(count)d library is approved.", "%(count)d libraries are approved.", libraries
    )
    plays = ngettext(
        "%(count)d content can be played now.", "%(count)d contents can be played now.", ready
    )
    return f"{let_in % {'count': libraries}} {plays % {'count': ready}}"


@require_POST
@for_the_administrator
def block(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep it from every browser, with the reason that trainers read."""
    found = _library(pk)
    form = BlockForm(request.POST)
    if not form.is_valid():
        return _page(request, found, ApprovalForm(), form, status=400)
    stopped = block_library(
        library=found,
        actor=account(request),
        now=timezone.now(),
        reason=form.cleaned_data["reason"],
    )
    said = ngettext(
        "%(library)s is blocked. %(count)d content can't be played any more.",
        "%(library)s is blocked. %(count)d contents can't be played any more.",
        count := _silent(stopped),
    )
    messages.success(request, said % {"library": found, "count": count})
    return redirect("h5p_libraries")


@require_POST
@for_the_administrator
def unblock(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a block back: it waits for a decision again."""
    found = _library(pk)
    unblock_library(library=found, actor=account(request), now=timezone.now())
    messages.success(request, _("%(library)s waits for a decision again.") % {"library": found})
    return redirect("h5p_library", pk)


def _library(pk: int) -> H5PLibrary:
    known = H5PLibrary.objects.select_related("tree", "brought_in_by__person", "decided_by__person")
    return get_object_or_404(known, pk=pk)


def _page(
    request: HttpRequest,
    found: H5PLibrary,
    approval: ApprovalForm,
    blocking: BlockForm,
    status: int = 200,
) -> HttpResponse:
    review = review_of(found)
    context = {
        "library": found,
        "review": review,
        "files": sorted(found.tree.files.items()),
        "difference": _difference(review),
        "approval": approval,
        "blocking": blocking,
    }
    return render(request, "h5p/studio/library.html", context, status=status)


def _difference(review: Review) -> Differences | None:
    """From another tree of the same version, or else of the nearest patch that is approved.

    An approved one says most, then one that somebody has blocked.
    """
    weight = [LibraryState.APPROVED, LibraryState.BLOCKED, LibraryState.WAITING]
    same = sorted(review.others, key=lambda one: weight.index(LibraryState(one.other.state)))
    if same:
        return same[0]
    approved = [one for one in review.patches if one.state == LibraryState.APPROVED]
    nearest = sorted(approved, key=lambda one: abs(one.patch - review.library.patch))
    return differences(review.library, nearest[0]) if nearest else None
