"""Item analysis: how questions work, from the answers of many."""

import os

# The tables here are small: threads that wait for each other cost more than they save, and a web
# process that is one of several must not take every core. Read when numpy is first loaded.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
