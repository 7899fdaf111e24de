"""A mail server of the tests' own: it says what an address asks it to, and keeps what it takes.

`ja@…` is taken; `550@…`, `452@…` and so on are answered with that number; `bryt@…` is taken, and
the line breaks before the answer.
"""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager


class Clerk(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        office: Office = self.server  # type: ignore[assignment]
        self._say("220 post")
        sender, whom = "", ""
        while line := self.rfile.readline().decode().strip():
            word = line[:4].upper()
            if word in {"EHLO", "HELO"}:
                self._say("250 post")
            elif word == "MAIL":
                sender = line
                self._say("250 ok")
            elif word == "RCPT":
                whom = line.split("<")[1].split("@")[0]
                self._say(
                    f"{whom} 5.1.1 no"
                    if whom == "550"
                    else f"{whom} no"
                    if whom.isdigit()
                    else "250 ok"
                )
            elif word == "DATA":
                self._say("354 go on")
                text = []
                while (one := self.rfile.readline().decode()) not in {".\r\n", ""}:
                    text.append(one)
                office.taken.append((sender, whom, "".join(text)))
                if whom == "bryt":
                    return
                self._say("250 taken")
            elif word == "QUIT":
                self._say("221 bye")
                return
            else:
                self._say("250 ok")

    def _say(self, text: str) -> None:
        self.wfile.write(f"{text}\r\n".encode())


class Office(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Clerk)
        self.taken: list[tuple[str, str, str]] = []

    @property
    def port(self) -> int:
        return int(self.server_address[1])


@contextmanager
def open_office() -> Iterator[Office]:
    with Office() as office:
        thread = threading.Thread(target=office.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield office
        finally:
            office.shutdown()
            thread.join()
