"""What an e-mail address says of a name, and how like two of them are."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher

from tracking.organisation.models import Person

LIKE = 0.78  # less alike than this is another name
APART = re.compile(r"[^a-z]+")


def plain(text: str) -> str:
    """Lower case without accents: as names stand in addresses."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(one for one in apart if not unicodedata.combining(one)).strip()


def local_part(address: str) -> str:
    """What stands before the last @, plain."""
    return plain(address.rpartition("@")[0] or address)


def words(text: str) -> frozenset[str]:
    """The words of a name or of what stands before an @; single letters are none."""
    return frozenset(word for word in APART.split(plain(text)) if len(word) > 1)


@dataclass(frozen=True, slots=True)
class Likeness:
    """How like a person an address is: 1 is the very same. `why` names the rule that found it."""

    score: float
    why: str


def likeness(address: str, person: Person) -> Likeness | None:
    """Whether the address may be this person's, and why one would think so."""
    local, theirs = local_part(address), local_part(person.email)
    if local and plain(address) == plain(person.email):
        return Likeness(1.0, "address")
    if local and local == theirs:
        return Likeness(0.95, "local")
    name = words(person.full_name)
    if name and len(name) > 1 and name <= words(local):
        return Likeness(0.9, "name")
    by_letters = max(
        _ratio(local, theirs),
        _ratio("".join(APART.split(local)), "".join(APART.split(plain(person.full_name)))),
    )
    return Likeness(by_letters * 0.85, "spelling") if by_letters >= LIKE else None


def _ratio(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other).ratio() if one and other else 0.0


class Hidden:
    """The protected people, as addresses may name them: exactly, elsewhere, or by their name."""

    def __init__(self, protected: Iterable[Person]) -> None:
        self._locals: set[str] = set()
        self._names: set[frozenset[str]] = set()
        for person in protected:
            if person.email:
                self._locals.add(local_part(person.email))
            if len(name := words(person.full_name)) > 1:
                self._names.add(name)

    def names(self, address: str) -> bool:
        """Whether the address may be one of theirs."""
        said = words(local_part(address))
        return local_part(address) in self._locals or any(name <= said for name in self._names)
