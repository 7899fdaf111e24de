"""Rows of people that leave by the API are an export: each page is an entry of the audit log."""

from django.db import transaction

from tracking.api.bearer import Reader
from tracking.api.stand import Stand
from tracking.api.tables import Page
from tracking.audit.actions import record
from tracking.audit.models import AuditEvent
from tracking.organisation.models import DutyRole


@transaction.atomic
def people_fetched(reader: Reader, stand: Stand, page: Page) -> None:
    """Before the page is sent; one that names nobody but the holder is no matter of others'."""
    about = [one for one in page.people if one != reader.people.roles.person]
    if not about:
        return
    is_manager = not stand.unit or reader.people.is_manager_of(stand.unit)
    manages = bool(reader.people.staffed) and is_manager and not reader.people.everyone
    record(
        AuditEvent.STATUS_FETCHED,
        actor=reader.key.holder,
        about=about,
        unit=stand.unit,
        detail={
            "roll": DutyRole.MANAGER if manages else DutyRole.COORDINATOR,
            "dag": stand.as_of.isoformat(),
            "nyckel": reader.key.pk,
            "rader": len(page.rows),
            "kand": stand.batch,
        },
    )
