"""The numbers of certificates: read aloud and typed without mistakes, and not guessed.

Five groups of four from letters and digits that no eye confuses. The last is a check: any one
character wrong, and any two that changed places, are found out. 31 characters are a prime number,
which makes both certain. 19 drawn by chance are 94 bits.
"""

import secrets

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
LENGTH, GROUP = 20, 4
_VALUES = {character: value for value, character in enumerate(ALPHABET)}


def new_number() -> str:
    """A number nobody has, as it is kept."""
    drawn = "".join(secrets.choice(ALPHABET) for _place in range(LENGTH - 1))
    return drawn + _check(drawn)


def read_number(written: str) -> str | None:
    """The number somebody wrote, whatever stands between its characters; None when it is none."""
    bare = "".join(one for one in written.upper() if one.isalnum())
    if len(bare) != LENGTH or not _VALUES.keys() >= set(bare):
        return None
    return bare if _check(bare[:-1]) == bare[-1] else None


def written(number: str) -> str:
    """The number as it is shown: groups with hyphens between."""
    return "-".join(number[at : at + GROUP] for at in range(0, len(number), GROUP))


def _check(drawn: str) -> str:
    """The character that makes the weighted sum a multiple of 31; the last one weighs 20."""
    weighed = sum(weight * _VALUES[one] for weight, one in enumerate(drawn, start=1))
    inverse = pow(LENGTH, -1, len(ALPHABET))
    return ALPHABET[-weighed * inverse % len(ALPHABET)]
