"""Which employments meet which audience, and when: as tables looked up, never person by person.

A clause asks something of the unit and something of the employment. Both kinds of question have
few different answers: a unit's bits in an era (`tracking.status.engine.units`), and the bits of a
position, business area and manager flag. Each audience is a table of the one against the other.
"""

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

from tracking.status.engine.days import Flags
from tracking.status.engine.units import Atom, Bits, atoms, bits_of, has_bit, words
from tracking.status.rules import TargetRow
from tracking.targets.expressions import Audience, Condition, folded

UNIT_KEYS = ("enhet", "enhetstyp")
OWN_KEYS = ("befattning", "verksamhetsomrade", "chef")
Table = npt.NDArray[np.bool_]


class Audiences:
    """The different audiences of some targets, and the questions they ask."""

    def __init__(self, targets: Sequence[TargetRow]) -> None:
        self.different: list[Audience] = list(dict.fromkeys(row.audience for row in targets))
        conditions = [
            condition
            for audience in self.different
            for clause in audience.clauses
            for condition in clause
        ]
        self.unit_atoms = atoms(conditions, UNIT_KEYS)
        self.own_atoms = atoms(conditions, OWN_KEYS)
        self._unit_bit = {atom: bit for bit, atom in enumerate(self.unit_atoms)}
        self._own_bit = {atom: bit for bit, atom in enumerate(self.own_atoms)}

    def positions(self, written: Sequence[str]) -> Bits:
        """The bits of each position as written. An empty one is equal to nothing."""
        return self._bits("befattning", written, folded)

    def areas(self, written: Sequence[str]) -> Bits:
        """The bits of each business area as written. An empty one is equal to nothing."""
        return self._bits("verksamhetsomrade", written, folded)

    def managers(self) -> Bits:
        """The bits of those who are no managers, and of those who are."""
        return self._bits("chef", ["nej", "ja"], str)

    def tables(self, of_units: Bits, of_own: Bits) -> list[Table]:
        """For each audience, whether it has whoever has these bits by unit and these by own."""
        return [self._table(audience, of_units, of_own) for audience in self.different]

    def _bits(self, key: str, written: Sequence[str], read: Callable[[str], str]) -> Bits:
        size = words(len(self.own_atoms))
        asked = [(atom, bit) for atom, bit in self._own_bit.items() if atom.key == key]
        rows = np.zeros((len(written), size), dtype=np.int64)
        if asked:
            for at, text in enumerate(map(read, written)):
                rows[at] = bits_of([bit for atom, bit in asked if text in atom.values], size)
        return rows

    def _table(self, audience: Audience, of_units: Bits, of_own: Bits) -> Table:
        if not audience.clauses:
            return np.ones((len(of_units), len(of_own)), dtype=bool)
        table = np.zeros((len(of_units), len(of_own)), dtype=bool)
        for clause in audience.clauses:
            by_unit = np.ones(len(of_units), dtype=bool)
            by_own = np.ones(len(of_own), dtype=bool)
            for condition in clause:
                if condition.key in UNIT_KEYS:
                    by_unit &= self._holds(condition, of_units, self._unit_bit)
                else:
                    by_own &= self._holds(condition, of_own, self._own_bit)
            table |= by_unit[:, np.newaxis] & by_own
        return table

    def _holds(self, condition: Condition, bits: Bits, number: dict[Atom, int]) -> Flags:
        bit = number[Atom(condition.key, condition.values)]
        found: Flags = has_bit(bits, bit) != condition.negated
        return found
