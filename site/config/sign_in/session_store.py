"""Django's sessions in the database, found by a query that is put into SQL once a process."""

from typing import Any

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.utils import timezone

from foundation.prepared import Prepared

_SESSIONS = Prepared(
    lambda key: Session.objects.filter(session_key=key).values_list("session_data", "expire_date")
)


class SessionStore(db.SessionStore):
    """Every signed-in request reads one; how it is written and ended is Django's own."""

    def load(self) -> dict[str, Any]:
        """What the session holds; nothing, and no key, where there is none or it has expired."""
        for data, expires in _SESSIONS.rows(str(self.session_key)):
            if expires > timezone.now():
                return self.decode(data)
        self._session_key = None
        return {}
