#!/usr/bin/env python
"""Runs the project's management commands with `site/` on the path as a source root."""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent


def main() -> None:
    """Hand the command line to Django, with the laptop's settings unless told otherwise."""
    sys.path[:0] = [str(ROOT), str(ROOT / "site")]
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.local")
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line

    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:
        # A sentence for whoever runs this; where in the code it was found would only hide it.
        sys.exit(str(error))


if __name__ == "__main__":
    main()
