"""Judges whether a text may give somebody away to a reader, by the oracle of STATUS.md 6."""

import re
from collections.abc import Iterable

from tests.contracts.canaries import ORGANISATION, TRAINERS, Canaries
from tests.tracking.organisation.rights_oracle import Oracle

UUIDS = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
ORACLE = Oracle(ORGANISATION)
BY_KEY = {one.key: one for one in ORGANISATION.people}


def leaks_in(canaries: Canaries, reader: str, answers: Iterable[tuple[str, str]]) -> list[str]:
    """Where somebody is given away to a reader who may not see them."""
    return [
        f"{reader} {address}: {whose} {strings}"
        for address, text in answers
        for whose, strings in canaries.given_away_in(_but_asked(address, text)).items()
        if not _may_stand(canaries, reader, whose, strings, address)
    ]


def _but_asked(address: str, text: str) -> str:
    """Without the address itself: that one asked for it says nothing of who is there."""
    path = address.partition("?")[0]
    for own in (address, path, *UUIDS.findall(path), path.strip("/").rpartition("/")[2]):
        text = text.replace(own, "") if own else text
    return text


def _may_stand(
    canaries: Canaries, reader: str, whose: str, strings: list[str], address: str
) -> bool:
    """Whom a duty shows; and of others, unless protected, no more than their name: fellow trainers,
    who did what in the log an auditor reads, and accounts to who keeps them. What somebody wrote
    in content that plays is for nobody but themself.
    """
    if set(strings) & set(canaries.written.get(whose, [])):
        return reader == whose
    if reader in BY_KEY and ORACLE.sees(BY_KEY[reader], BY_KEY[whose]):
        return True
    if BY_KEY[whose].protected:
        return False
    names = set(strings) <= set(canaries.names[whose])
    if reader == "revisor" and address.startswith("/granskningslogg/"):
        return names
    if reader in TRAINERS:
        return names and whose in TRAINERS
    return reader == "administrator" and set(strings) <= {
        *canaries.names[whose],
        canaries.others[whose][0],
    }
