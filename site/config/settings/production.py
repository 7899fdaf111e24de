"""Production: everything that differs must be given; what is missing stops the start."""

from config import env
from config.settings.base import *  # noqa: F403
from config.settings.https import *  # noqa: F403

SECRET_KEY = env.required("SECRET_KEY")
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS")
# https ends at a proxy of ours (deploy/), which writes down whom it speaks for.
TRUSTED_PROXIES = int(env.text("TRUSTED_PROXIES", "1"))
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS]
