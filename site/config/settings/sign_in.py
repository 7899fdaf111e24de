"""Signing in: who is asked what, and for how long it holds."""

from config import env

LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "start"
LOGOUT_REDIRECT_URL = "login"

AUTHENTICATION_BACKENDS = ["config.sign_in.backend.AccountBackend"]
PASSWORD_HASHERS = [
    # Needs 16 MB a guess, and no library. The others are for passwords set before.
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

# A session ends with the browser, after a working day, and when nobody has been there for so
# long. In seconds.
SESSION_LONGEST = 60 * 60 * env.whole("SESSION_HOURS", 10, low=1, high=24)
SESSION_IDLE = 60 * env.whole("SESSION_IDLE_MINUTES", 60, low=1, high=1440)
SESSION_COOKIE_AGE = SESSION_LONGEST
SESSION_EXPIRE_AT_BROWSER_CLOSE = True

KNOWN_BROWSER_COOKIE_NAME = "browser"
# How many proxies of ours stand before the program and write X-Forwarded-For.
TRUSTED_PROXIES = env.whole("TRUSTED_PROXIES", 0, low=0, high=9)

# The second factor: codes of a phone (TOTP, half a minute each; one before and after is taken,
# because clocks differ), and recovery codes.
MFA_ADAPTER = "config.sign_in.second_factor.adapter.SecretsAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_TOLERANCE = 1
