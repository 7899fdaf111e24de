"""How many attempts whom, from where: the rule of the brake, without a database.

A brake that counts failures of a *name* lets anybody lock its owner out. So:

- an attempt from a browser the person has signed in with before is counted for that browser and
  that name, and for nothing else: whatever others do, the owner's own browser is as it was;
- any other attempt is counted for the name *from that address*, and for the address alone. The
  second is wide, because a city's thousands may share one address, and it makes nobody wait long.

A bucket holds `burst` attempts and drains one every `every`: when it is full the next attempt
waits for a drop to leave, never for all of it. Signing in takes back what the attempt added.
"""

from datetime import timedelta

from foundation.brake import Limit

NAME_FROM_ADDRESS = Limit("name+address", burst=5, every=timedelta(minutes=3))
KNOWN_BROWSER = Limit("name+browser", burst=10, every=timedelta(minutes=1))
ADDRESS = Limit("address", burst=300, every=timedelta(seconds=5))
# Whoever is asked for a code has the password: the name's owner, or somebody who must not guess
# on from many addresses. Six digits are not many.
CODE = Limit("code", burst=5, every=timedelta(minutes=3))
CODE_KNOWN_BROWSER = Limit("code+browser", burst=5, every=timedelta(minutes=1))
