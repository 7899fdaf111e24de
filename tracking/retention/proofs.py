"""Proofs that came to nothing go after a time; what was verified stays with what it brought."""

from datetime import date

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tracking.evidence.proof.files import remove
from tracking.evidence.proof.models import Proof, ProofState
from tracking.retention.rules import Disposed, Rule, midnight


def _old(before: date) -> Q:
    refused = Q(state=ProofState.REFUSED, decided_at__lt=midnight(before))
    withdrawn = Q(state=ProofState.WITHDRAWN, begun_at__lt=midnight(before))
    return refused | withdrawn


def _count(before: date) -> int:
    return Proof.objects.filter(_old(before)).count()


def _dispose(before: date, limit: int) -> Disposed:
    old = list(Proof.objects.filter(_old(before)).order_by("pk")[:limit])
    for proof in old:
        if proof.has_file:
            remove(proof.place, proof.pages)
    Proof.objects.filter(pk__in=[proof.pk for proof in old]).delete()
    return Disposed(len(old), frozenset(proof.person_id for proof in old))


PROOFS = Rule("intyg", _("Proofs of courses that were refused or withdrawn"), 24, _count, _dispose)


def forget_proofs(person: int) -> None:
    """Take away what somebody pseudonymised wrote, handed over, and could be recognised by."""
    theirs = Proof.objects.filter(person=person)
    for proof in theirs:
        if proof.has_file:
            remove(proof.place, proof.pages)
    kept = Q(state=ProofState.VERIFIED)
    theirs.exclude(kept).delete()
    for proof in theirs.filter(kept):
        proof.note = proof.reason = proof.sha256_uploaded = ""
        proof.sha256_kept = str(proof.public_id)  # two of a course without one are not the same
        proof.removed_at = proof.removed_at or proof.decided_at
        proof.save()
