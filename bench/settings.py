"""Production's settings on the demo city: hashed files, cached templates, https behind a proxy.

What has to differ does: demo accounts are let in, there is an empty view to compare
with, and each answer says what it took.
"""

from config import env
from config.settings.base import *  # noqa: F403
from config.settings.base import DATA_DIR, MIDDLEWARE
from config.settings.https import *  # noqa: F403

DEMO = True
SECRET_KEY = env.kept_secret(DATA_DIR, "secret-key")
ROOT_URLCONF = "bench.urls"
MIDDLEWARE = ["bench.middleware.cpu", *MIDDLEWARE]
