"""The bench's settings, met without https: a browser on loopback has no certificate to trust."""

from bench.settings import *  # noqa: F403
from config.settings.security import CONTENT_SECURITY_POLICY as PLAIN

SECURE_SSL_REDIRECT = False
SECURE_HSTS_SECONDS = 0
CONTENT_SECURITY_POLICY = PLAIN
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = False
SESSION_COOKIE_NAME = "session"
CSRF_COOKIE_NAME = "csrftoken"
LANGUAGE_COOKIE_NAME = "language"
KNOWN_BROWSER_COOKIE_NAME = "browser"
