"""What is added to the headers and the cookies where the platform is met by https only."""

from config.settings.security import CONTENT_SECURITY_POLICY as PLAIN

SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = True
SECURE_HSTS_SECONDS = 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
CONTENT_SECURITY_POLICY = {"DIRECTIVES": PLAIN["DIRECTIVES"] | {"upgrade-insecure-requests": True}}

# `__Host-`: browsers take such a cookie only over https and from this very host, so that no
# neighbouring site of the city's domain can plant one.
SESSION_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-session"
CSRF_COOKIE_SECURE = True
CSRF_COOKIE_NAME = "__Host-csrftoken"
LANGUAGE_COOKIE_SECURE = True
LANGUAGE_COOKIE_NAME = "__Host-language"
KNOWN_BROWSER_COOKIE_NAME = "__Host-browser"
