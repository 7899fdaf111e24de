"""A laptop's own settings, with the drill's job."""

from config.settings.local import *  # noqa: F403
from config.settings.local import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "tests.faults.apps.FaultsConfig"]
ROOT_URLCONF = "tests.faults.urls"
