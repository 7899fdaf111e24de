"""An attempt to sign in, from a request: which buckets it counts in, and how it ended."""

import logging
from dataclasses import dataclass
from datetime import timedelta
from math import ceil

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import ngettext

from config.sign_in.limits import (
    ADDRESS,
    CODE,
    CODE_KNOWN_BROWSER,
    KNOWN_BROWSER,
    NAME_FROM_ADDRESS,
)
from config.sign_in.origin import browser_of, plain_name
from foundation import brake
from foundation.brake import Bucket
from foundation.origin import client_address

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Attempt:
    """One of them: what is counted for one person, and what for everybody at the address."""

    own: Bucket
    shared: tuple[Bucket, ...] = ()

    def begin(self) -> timedelta:
        """Count it; how long to wait first, or nothing."""
        wait = brake.attempt((self.own, *self.shared), now=timezone.now())
        if wait:
            logger.warning("An attempt to sign in is braked (%s).", self.own.limit.name)
        return wait

    def succeeded(self) -> None:
        """It was who they say."""
        brake.succeeded(own=self.own, shared=self.shared)


def password_attempt(request: HttpRequest, username: str) -> Attempt:
    """Somebody gives a name and a password. Asks nothing of who has an account."""
    name = plain_name(username)
    browser = browser_of(request)
    if browser and browser.knows(username):
        return Attempt(KNOWN_BROWSER.bucket(browser.name, name))
    address = client_address(request)
    return Attempt(NAME_FROM_ADDRESS.bucket(name, address), (ADDRESS.bucket(address),))


def code_attempt(request: HttpRequest, username: str) -> Attempt:
    """Somebody who gave the right password gives a code."""
    name = plain_name(username)
    browser = browser_of(request)
    if browser and browser.knows(username):
        return Attempt(CODE_KNOWN_BROWSER.bucket(browser.name, name))
    return Attempt(CODE.bucket(name))


def wait_in_words(wait: timedelta) -> str:
    """How long to wait, as one says it: whole minutes, or seconds when it is less than one."""
    seconds = ceil(wait.total_seconds())
    if seconds < 60:
        return ngettext("%(count)d second", "%(count)d seconds", seconds) % {"count": seconds}
    minutes = ceil(seconds / 60)
    return ngettext("%(count)d minute", "%(count)d minutes", minutes) % {"count": minutes}
