"""What is searched for, sealed: it stands in the address, and only its own session can read it.

An address is kept where nobody means it to be: in the history of a shared computer, in a proxy's
log. So that "back" and "reload" work all the same, the words stand there encrypted with a key made
of the session; when that ends, nobody can read them any more.
"""

import base64

from cryptography.fernet import Fernet, InvalidToken
from django.contrib.sessions.backends.base import SessionBase
from django.utils.crypto import salted_hmac

LONGEST = 2000  # of what is opened: the longest question sealed is shorter


def sealed(words: str, session: SessionBase) -> str:
    """The words as they may stand in an address."""
    return _lock(session).encrypt(words.encode()).decode()


def opened(token: str, session: SessionBase) -> str:
    """The words again; "" for what this session has not sealed."""
    try:
        return _lock(session).decrypt(token[:LONGEST].encode()).decode()
    except InvalidToken:
        return ""


def _lock(session: SessionBase) -> Fernet:
    digest = salted_hmac("courses.search", session.session_key or "", algorithm="sha256").digest()
    return Fernet(base64.urlsafe_b64encode(digest))
