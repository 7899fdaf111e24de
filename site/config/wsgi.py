"""The web process's entry point."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")
application = get_wsgi_application()

from config.checks import refuse_demo_accounts  # noqa: E402  (needs the apps to be loaded)

refuse_demo_accounts()

from django.urls import get_resolver  # noqa: E402

# With every view behind them: nobody's first page waits for it, nor each worker where they share
# what was loaded before they began.
_ = get_resolver().url_patterns
