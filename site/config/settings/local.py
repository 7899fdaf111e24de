"""A laptop: the demo city on SQLite, nothing to set."""

from config import env
from config.settings.base import *  # noqa: F403
from config.settings.base import DATA_DIR, STORAGES

DEMO = True
MAIL_IS_SET_UP = True  # on the screen, where EMAIL_URL says nothing else
CHECK_COMPONENTS = True
SECRET_KEY = env.text("SECRET_KEY") or env.kept_secret(DATA_DIR, "secret-key")
STORAGES = STORAGES | {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# Static files are read where they lie, so that a changed stylesheet shows without collecting.
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
