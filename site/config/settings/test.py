"""The test suite: a throwaway folder, cheap password hashes, the database of DATABASE_URL."""

import os
import tempfile

os.environ.setdefault("DATA_DIR", tempfile.mkdtemp(prefix="kompetens-test-"))

from config.settings.base import *  # noqa: F403
from config.settings.base import DATABASES, STORAGES

SECRET_KEY = "only-for-tests"
DEMO = True
MAIL_IS_SET_UP = True
CHECK_COMPONENTS = True
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = STORAGES | {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
# Each test closes its connections; a pool would keep them open past the database's removal.
DATABASES["default"].get("OPTIONS", {}).pop("pool", None)
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
