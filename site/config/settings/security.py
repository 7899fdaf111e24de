"""What browsers are asked to refuse: the headers and the cookies of every response."""

from wsgiref.headers import Headers

from csp import constants as csp

# Nothing comes from anywhere else, and no script runs but those a template names: a nonce alone,
# without 'self', so that not even an uploaded file can be made to run as a script.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [csp.NONE],
        "script-src": [csp.NONCE],
        "style-src": [csp.SELF],
        "img-src": [csp.SELF],
        "media-src": [csp.SELF],
        "font-src": [csp.SELF],
        "connect-src": [csp.SELF],
        "form-action": [csp.SELF],
        "object-src": [csp.NONE],
        "base-uri": [csp.NONE],
        "frame-ancestors": [csp.NONE],
    }
}
# Wagtail's admin writes scripts and styles into its pages; it still fetches nothing from outside.
CONTENT_SECURITY_POLICY_ADMIN = {
    "script-src": [csp.SELF, csp.UNSAFE_INLINE],
    "style-src": [csp.SELF, csp.UNSAFE_INLINE],
    "img-src": [csp.SELF, "data:", "blob:"],
    "font-src": [csp.SELF, "data:"],
    "frame-src": [csp.SELF],
}
# Its editor shows pages in a frame: those previews, and nothing else, may be framed by us.
CONTENT_SECURITY_POLICY_PREVIEW = {"frame-ancestors": [csp.SELF]}
X_FRAME_OPTIONS = "DENY"  # Wagtail itself says SAMEORIGIN of its previews

# Nobody outside learns where one came from. Stricter ("no-referrer") browsers would send
# "Origin: null" with our own forms (Fetch, "append a request Origin header"), and the CSRF check
# would refuse them; a form has no referrerpolicy of its own.
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"

# The page that plays H5P has no origin (courses.h5p.player.policy): our files are another's to it.
FOR_FRAMES = tuple(f"/static/{folder}" for folder in ("h5p-core/", "js/h5p/", "css/h5p/"))


def let_frames_load(headers: Headers, _path: str, url: str) -> None:
    """Say of the player's own files that a page without an origin may load them."""
    if url.startswith(FOR_FRAMES):
        headers["Cross-Origin-Resource-Policy"] = "cross-origin"


WHITENOISE_ADD_HEADERS_FUNCTION = let_frames_load

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
# In the session, which is there anyway: one cookie less to protect.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
