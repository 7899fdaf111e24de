"""What a stranger's package could hold, put into a lesson; and somebody elsewhere who listens."""

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

from tests.courses.h5p.packages import Library, library, make_package
from tests.program import Program, manage

HERE = Path(__file__).parent
# What an author, or whoever made the package, may have written into a text.
GIVEN = (
    '<img src="x" onerror="window.__given = 1"><svg onload="window.__given = 1"></svg>'
    '<script>window.__given = 1</script><a href="javascript:window.__given=1">Läs mer</a>'
)
PUT = """
import uuid
from django.utils import timezone
from courses.h5p.store.actions import approve_libraries, import_package
from courses.h5p.store.models import H5PContent, H5PLibrary
from courses.pages.models import LessonPage

now = timezone.now()
swedish = LessonPage.objects.live().filter(alias_of=None, locale__language_code="sv")
lesson = swedish.order_by("pk")[0]
screens = list(lesson.body.raw_data)
for path in {paths!r}:
    content = import_package(path=path, actor=None, now=now).content
    block = {{"content": content.pk, "requirement": "opened", "percent": None}}
    screens[0]["value"]["content"].append(
        {{"type": "interactive", "value": block, "id": str(uuid.uuid4())}}
    )
made = H5PLibrary.objects.filter(machine_name__startswith="Test.")
approve_libraries(libraries=list(made), actor=None, now=now)
lesson.body = screens
lesson.save()
print(lesson.url)
"""
SAID = """
from courses.h5p.results.models import H5PStatement
print(sum(name in one.raw for one in H5PStatement.objects.all() for name in {names!r}))
"""


def from_here(machine_name: str, name: str) -> Library:
    """A library of the script `name` in this folder, and of a drawing with a script in it."""
    files = {kept: (HERE / kept).read_bytes() for kept in ("drawing.svg", "within.js")}
    return library(machine_name, js=(HERE / name).read_text("utf-8"), files=files)


def put_in_lesson(program: Program, folder: Path, *contents: dict[str, object]) -> str:
    """Bring contents in, approve their libraries, and give the address of a lesson that holds them.

    `contents`: what `make_package` makes each of.
    """
    paths = [
        str(make_package(folder, name=f"{at}.h5p", **given))  # type: ignore[arg-type]
        for at, given in enumerate(contents)
    ]
    said = manage(program.data, "shell", "-v", "0", "-c", PUT.format(paths=paths))
    return said.split()[-1]


def kept_words(program: Program, *names: str) -> int:
    """How many times a kept statement holds one of these words."""
    said = manage(program.data, "shell", "-v", "0", "-c", SAID.format(names=names))
    return int(said.split()[-1])


@contextmanager
def elsewhere() -> Iterator[tuple[str, list[str]]]:
    """A server of somebody else's: its origin, and what it has been asked for so far."""
    asked: list[str] = []

    class Listener(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(f"{self.command} {self.path}")
            self.send_response(200)
            self.send_header("Access-Control-Allow-Origin", "*")
            self.end_headers()

        do_POST = do_HEAD = do_OPTIONS = do_GET

        def log_message(self, *_args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Listener)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", asked
    server.shutdown()
    thread.join()
    server.server_close()
