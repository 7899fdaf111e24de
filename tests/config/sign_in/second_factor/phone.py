"""A phone that makes codes (RFC 6238), as the app on it would: knows nothing of the program."""

import base64
import hmac
import time
from dataclasses import dataclass

PASSWORD = "fyra ord utan samband"


@dataclass
class Phone:
    """Knows the secret that the page has shown."""

    secret: str

    def code(self, *, later: int = 0) -> str:
        """The code of now, or of so many half minutes later."""
        moment = int(time.time()) // 30 + later
        padded = self.secret + "=" * (-len(self.secret) % 8)
        mac = hmac.digest(base64.b32decode(padded), moment.to_bytes(8, "big"), "sha1")
        start = mac[-1] & 15
        number = int.from_bytes(mac[start : start + 4], "big") & 0x7FFFFFFF
        return f"{number % 1_000_000:06}"
