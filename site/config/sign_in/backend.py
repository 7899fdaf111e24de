"""Django's own accounts and passwords; who a session belongs to is asked by a prepared query."""

from django.contrib.auth.backends import ModelBackend

from foundation.prepared import PreparedObjects
from tracking.organisation.models import User

_ACCOUNTS = PreparedObjects(User)


class AccountBackend(ModelBackend):
    """Every signed-in request asks whose session it is, and reads the account anew each time."""

    def get_user(self, user_id: int) -> User | None:
        """The account, unless it is gone or closed."""
        user = _ACCOUNTS.in_bulk([user_id]).get(user_id)
        return user if user is not None and self.user_can_authenticate(user) else None
