"""How much a browser may send and have kept: a content is a stranger's program."""

import re
from datetime import timedelta

from foundation.brake import Limit

LONGEST_PLACE = 120
LONGEST_NAME = 64  # of a part, and of a kind of state
LONGEST_VERB = 24
NAME = re.compile(rf"[A-Za-z0-9._:-]{{1,{LONGEST_NAME}}}\Z")
SAVE_SECONDS = 5  # how often the content is asked how far one has come

BIGGEST_BODY = 6 * 1024 * 1024  # bytes of a request: what waited for the network comes at once
BIGGEST_STATEMENT = 64 * 1024  # characters of one
MOST_AT_ONCE = 100  # statements in a request
MOST_STATEMENTS = 1000  # kept of a launch; what finishes it is kept beyond
MOST_THAT_FINISH = 200  # and so many more of those
MOST_SAID = 4 * 1024 * 1024  # characters of a launch's statements; its end is kept beyond
BIGGEST_STATE = 512 * 1024  # characters of one
MOST_STATES = 64  # of a person, a version and a place
MOST_OF_STATES = 4 * 1024 * 1024  # characters of all of those, as they are kept: in ASCII

# A person who plays opens now and then, and says a few things a minute; several tabs, and what
# waited for the network, come at once.
OPENING = Limit("h5p.open", burst=40, every=timedelta(seconds=5))
# Each opening may fill a launch with statements: not more of those than anybody reads lessons.
OPENING_FOR_DAYS = Limit("h5p.open.days", burst=400, every=timedelta(minutes=5))
TELLING = Limit("h5p.statements", burst=240, every=timedelta(seconds=1))
SAVING = Limit("h5p.state", burst=240, every=timedelta(seconds=1))

# A state counts as no older than this when it comes, whatever the browser says; a browser keeps
# what it could not send for seven days.
OLDEST_STATE = timedelta(days=60)
