"""Every hour: files of proofs that have been kept their time."""

from celery import shared_task
from django.utils import timezone

from tracking.evidence.proof.actions import remove_files


@shared_task(name="tracking.remove_proof_files")
def remove_proof_files() -> None:
    """Take them away; run twice it finds nothing the second time."""
    remove_files(now=timezone.now())
