"""Production: everything that differs must be given; what is missing stops the start."""

import re

from config import env
from config.settings.base import *  # noqa: F403
from config.settings.https import *  # noqa: F403
from config.settings.watching import LEVELS, logging_config

HOST = re.compile(r"\.?[a-z0-9-]+(\.[a-z0-9-]+)*|\[[0-9a-f:]+\]")

SECRET_KEY = env.required("SECRET_KEY", at_least=50)
# Older keys, the newest first: what they signed still holds while they stand here.
SECRET_KEY_FALLBACKS = env.words("SECRET_KEY_FALLBACKS")
env.required("ALLOWED_HOSTS")
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS")
if not all(HOST.fullmatch(host) for host in ALLOWED_HOSTS):
    raise env.wrong(
        "ALLOWED_HOSTS", "names of hosts, such as kompetens.example, with commas between them"
    )
# https ends at a proxy of ours (deploy/), which writes down whom it speaks for.
TRUSTED_PROXIES = env.whole("TRUSTED_PROXIES", 1, low=0, high=9)
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS]
BASE_URL = env.address("BASE_URL", f"https://{ALLOWED_HOSTS[0].lstrip('.')}", schemes=("https",))
WAGTAILADMIN_BASE_URL = BASE_URL

LOG_JSON = True
LOG_LEVEL = env.choice("LOG_LEVEL", "INFO", LEVELS)
LOGGING = logging_config(as_json=True, level=LOG_LEVEL)

if not env.text("EMAIL_URL", ""):  # standard output ends in the journal, which names nobody
    EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
