"""Production's own settings, with the drill's job."""

from config.settings.production import *  # noqa: F403
from config.settings.production import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "tests.faults.apps.FaultsConfig"]
ROOT_URLCONF = "tests.faults.urls"
