"""The test settings, with tasks and jobs that say what they do and hang when they are told to."""

from config.settings.base import INSTALLED_APPS
from config.settings.test import *  # noqa: F403

INSTALLED_APPS = [*INSTALLED_APPS, "tests.working.apps.WorkingConfig"]
