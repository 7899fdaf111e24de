"""The entry point for asynchronous servers."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")
application = get_asgi_application()

from config.checks import refuse_demo_accounts  # noqa: E402  (needs the apps to be loaded)

refuse_demo_accounts()
