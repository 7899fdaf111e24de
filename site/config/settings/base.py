"""What is the same everywhere: the program. What differs comes from the environment."""

from pathlib import Path

from celery.schedules import crontab

from config import env
from config.settings.cache import *  # noqa: F403
from config.settings.database import *  # noqa: F403
from config.settings.mail import *  # noqa: F403
from config.settings.media import *  # noqa: F403
from config.settings.security import *  # noqa: F403
from config.settings.sign_in import *  # noqa: F403
from config.settings.sso import *  # noqa: F403
from config.settings.watching import *  # noqa: F403

ROOT = env.ROOT
DATA_DIR = env.data_dir()

DEBUG = False
DEMO = False
MAINTENANCE = env.text("MAINTENANCE") == "1"  # every page answers 503; see config.maintenance
ALLOWED_HOSTS: list[str] = env.words("ALLOWED_HOSTS", "127.0.0.1,localhost,[::1]")

INSTALLED_APPS = [
    "config.apps.ConfigConfig",
    "courses.apps.CoursesConfig",
    "quizzes.apps.QuizzesConfig",
    "tracking.apps.TrackingConfig",
    "foundation.apps.FoundationConfig",
    "wagtail_localize",
    "wagtail.contrib.forms",
    "wagtail.contrib.redirects",
    "wagtail.contrib.typed_table_block",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.socialaccount.providers.saml",
]

MIDDLEWARE = [
    "config.requests.follow_requests",
    # First, so that redirects and errors made by any of the others carry the headers too.
    "config.middleware.ContentSecurityPolicy",
    "config.middleware.isolation",
    "config.probes.probes",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "config.maintenance.maintenance",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "config.sign_in.sessions.session_lifetime",
    "config.languages.AccountLanguage",
    "config.sign_in.administration.AccountsForAdministrators",
    # Every view needs a log-in unless it says otherwise: a new one is denied by default.
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "courses.pages.checks.publishing.TellWhatBlocks",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "config.middleware.no_store_when_signed_in",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "site" / "templates"],
        "OPTIONS": {
            "loaders": [
                (
                    "foundation.templating.Loader",
                    [
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                ),
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "config.context.navigation",
            ],
        },
    },
]

# Development and tests refuse a template component that is given other than it declares.
CHECK_COMPONENTS = False

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "tracking.User"

LANGUAGE_CODE = "sv"
# Each in its own language: who looks for theirs may read no other.
LANGUAGES = [("sv", "Svenska"), ("en", "English")]
CONTENT_LANGUAGE = "sv"  # what courses, targets and units are written in
# Ours first; then the Swedish that the catalogues of Wagtail and others lack.
LOCALE_PATHS = [ROOT / "site" / "locale", ROOT / "site" / "locale_wagtail"]
TIME_ZONE = "Europe/Stockholm"
USE_I18N = True
USE_TZ = True
USE_THOUSAND_SEPARATOR = True

STATIC_URL = "/static/"
STATIC_ROOT = Path(env.text("STATIC_ROOT") or DATA_DIR / "static-collected")
FONTS = ROOT / "node_modules" / "@fontsource-variable"
STATICFILES_DIRS = [
    ROOT / "static",
    ("fonts/source-serif-4", FONTS / "source-serif-4" / "files"),
    ("fonts/source-sans-3", FONTS / "source-sans-3" / "files"),
    # GPL-3 as a whole (it holds H5P's core): installed beside us, no file of it is ours.
    ("h5p-core", ROOT / "node_modules" / "h5p-standalone" / "dist"),
]

# Without a broker `manage.py work` runs what is queued; the rows in the database are the truth.
BROKER_URL = env.address("BROKER_URL", schemes=("redis", "rediss", "amqp", "amqps"))
CELERY_BROKER_URL = BROKER_URL or "memory://"
CELERY_TASK_DEFAULT_QUEUE = "kompetens"
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_SOFT_TIME_LIMIT = 120
CELERY_TASK_TIME_LIMIT = 150
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TIMEZONE = "Europe/Stockholm"
if BROKER_URL.startswith("redis"):
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "visibility_timeout": 3600,  # seconds; longer than the longest task may take
        "socket_connect_timeout": 2,
        "socket_timeout": 10,
        "socket_keepalive": True,
    }
CELERY_BEAT_SCHEDULE_FILENAME = str(DATA_DIR / "beat-schedule")
CELERY_BEAT_SCHEDULE = {
    "sweep-outbox": {"task": "foundation.sweep_outbox", "schedule": 10.0},
    "remove-old-question-files": {
        "task": "quizzes.remove_old_question_files",
        "schedule": 3600.0,
    },
    "remove-old-import-files": {"task": "tracking.remove_old_import_files", "schedule": 3600.0},
    "remove-proof-files": {"task": "tracking.remove_proof_files", "schedule": 3600.0},
    "remove-old-comparisons": {"task": "tracking.remove_old_comparisons", "schedule": 3600.0},
    "tidy-jobs": {"task": "foundation.tidy_jobs", "schedule": 60.0},
    "retention": {"task": "tracking.retention", "schedule": crontab(hour=3, minute=20)},
    # Just after midnight in Stockholm: deadlines have passed, and employments begun and ended.
    "end-outlived-delegations": {
        "task": "tracking.end_outlived_delegations",
        "schedule": crontab(minute="*/10"),
    },
    "keep-trend": {"task": "tracking.keep_trend", "schedule": crontab(minute="*/10")},
    "foretell": {"task": "tracking.foretell", "schedule": crontab(minute="5-55/10")},
    "catch-up-status": {"task": "tracking.catch_up_status", "schedule": crontab(hour=0, minute=1)},
    "sweep-status": {"task": "tracking.sweep_status", "schedule": crontab(hour=3, minute=40)},
    "verify-status": {
        "task": "tracking.verify_status",
        "schedule": crontab(hour=4, minute=10, day_of_week="sunday"),
    },
    "read-quality": {"task": "tracking.read_quality", "schedule": crontab(hour=4, minute=10)},
    "make-reporting-periods": {
        "task": "tracking.make_reporting_periods",
        "schedule": crontab(hour=2, minute=30),
    },
    # Before mails may leave, and after the night's deadlines have passed.
    "begin-reminders": {
        "task": "tracking.begin_reminders",
        "schedule": crontab(hour=5, minute=40),
    },
    "nag-about-scorecards": {
        "task": "tracking.nag_about_scorecards",
        "schedule": crontab(hour=6, minute=50),
    },
    "publish-scheduled": {"task": "courses.publish_scheduled", "schedule": 60.0},
    "sweep-h5p": {"task": "courses.sweep_h5p", "schedule": crontab(hour=3, minute=10)},
    "forget-reports": {"task": "courses.forget_accessibility_reports", "schedule": 3600.0},
}
# How long a worker may be silent before another one takes what it held.
WORK_LEASE_SECONDS = env.whole("WORK_LEASE_SECONDS", 45, low=2, high=600)

# How long whoever recorded attendance may take it back; a coordinator always may.
ATTENDANCE_TAKEN_BACK_DAYS = env.whole("ATTENDANCE_TAKEN_BACK_DAYS", 14, low=0, high=365)
# How long the file of a proof is kept after the decision on it.
PROOF_KEPT_DAYS = env.whole("PROOF_KEPT_DAYS", 30, low=0, high=730)

# What a package of interactive content (.h5p) may hold at most; more is refused unread.
H5P_ENTRIES = env.whole("H5P_ENTRIES", 5000, low=10, high=60_000)
H5P_FILE_MB = env.whole("H5P_FILE_MB", 100, low=1, high=2000)
H5P_PACKAGE_MB = env.whole("H5P_PACKAGE_MB", 500, low=1, high=4000)
# How much one person's uploads may hold in all, and how much of the disk is never filled with them.
H5P_PERSON_MB = env.whole("H5P_PERSON_MB", 5000, low=1, high=10_000_000)
H5P_FREE_MB = env.whole("H5P_FREE_MB", 1000, low=0, high=10_000_000)
H5P_RATIO = env.whole("H5P_RATIO", 100, low=2, high=1000)
# How many libraries it may name; each is looked for, and those that are missing are listed.
H5P_LIBRARIES = env.whole("H5P_LIBRARIES", 500, low=10, high=10_000)

WAGTAIL_SITE_NAME = "Kompetens mot våld"
WAGTAILADMIN_BASE_URL = env.text("BASE_URL", "http://127.0.0.1:8000")
WAGTAILADMIN_LOGIN_URL = "login"
WAGTAIL_FRONTEND_LOGIN_URL = "/logga-in/"
WAGTAILIMAGES_EXTENSIONS = ["gif", "jpg", "jpeg", "png", "webp", "svg"]
# What lessons play and people fetch; judged by what they hold where they are used.
WAGTAILDOCS_EXTENSIONS = ["mp4", "webm", "mp3", "m4a", "ogg", "vtt", "pdf"]
WAGTAILDOCS_SERVE_METHOD = "direct"  # by our own view, which asks who is signed in
WAGTAIL_GRAVATAR_PROVIDER_URL = None  # no third-party request ever leaves the browser
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAILEMBEDS_FINDERS: list[dict[str, str]] = []
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False  # Mitt konto changes it, and ends other sessions
WAGTAIL_I18N_ENABLED = True
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
# A translation begins as a draft: nobody reads it before somebody has translated.
WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False
# One offered there is one too few to choose from: the admin speaks the account's language.
WAGTAILADMIN_PERMITTED_LANGUAGES = [("sv", "Svenska")]
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}

TEST_RUNNER = "django.test.runner.DiscoverRunner"
