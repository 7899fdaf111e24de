"""`python -m tests.system`: the programs the tests need besides Python, installed if absent."""

import os
import shutil
import subprocess
import sys

from tests.browser.chromium import chromium
from tests.postgres import binaries


def missing() -> list[str]:
    """Debian's names of the packages that are not here yet."""
    packages = []
    if binaries() is None:
        packages.append("postgresql")
    if shutil.which("redis-server") is None:
        packages.append("redis-server")
    if chromium() is None:
        packages.append("chromium")
    return packages


def main() -> int:
    """Install what is missing where that is possible; otherwise say what to do."""
    packages = missing()
    if not packages:
        return 0
    by_hand = f"apt-get install {' '.join(packages)}"
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        print(
            f"The tests need {' and '.join(packages)}. As root, on Debian or Ubuntu: {by_hand}",
            file=sys.stderr,
        )
        return 1
    print(f"Installing {' and '.join(packages)} (apt) ...", flush=True)
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for command in (
        ["apt-get", "-qq", "update"],
        ["apt-get", "-qq", "install", "--yes", "--no-install-recommends", *packages],
    ):
        done = subprocess.run(
            command,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        if done.returncode:
            print(done.stdout, file=sys.stderr)
            print(f"That did not work. Try it yourself: {by_hand}", file=sys.stderr)
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
