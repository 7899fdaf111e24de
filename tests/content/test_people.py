"""The people of the modules are invented: nobody else is named but whose words are cited."""

import re
from collections.abc import Iterator

from tests.content.modules import CITATION, all_modules

# First names only, and these only. Whoever writes a case takes one of them.
_INVENTED_NAMES = """
Adrian Alma Alva Amina Anders Anita Aram Bahar Birger Birgitta Dilan Ebba Elias Elin Fatima
Gunnar Hana Ida Idris Ingrid Jamal Jocke Jonas Karin Kim Lejla Leo Lina Lucas Maja Malik Malte
Marko Mira Mirela Mona Nadia Nils Noor Olle Omar Patrik Petra Rana Robin Rut Samir Sara Selma
Stefan Tove Viktor Wanja Yasmin Yonas Åke Åsa Örjan
"""
INVENTED = frozenset(_INVENTED_NAMES.split())
# Places, authorities, units, methods and laws, the author of a definition that is cited; and words
# that stand in drawings, as their alternatives in text repeat them.
_KNOWN_NAMES = """
Göteborg Inre Latent Månader Nationellt Patriarkbedömningar Reservvecka
Alarm Barnahus Bostadsförmedlingen Bromma Ellencentret Enskede Eskilstuna Eskilstunas Europa
FREDA Familjerådgivningen Farlighet Farsta Hvilan Hägersten Hässelby Isdal Isdals
Islandsmodellen Jämställdhetsmyndigheten Järva Karolinska Kista Kriscentrum Kruton Kungsholmen
Kvinnofridslinjen Manscentrum Mika MikaHälsa Mikamottagningen Mikamottagningens Norrmalm Origo
Origos Patriark Per Polismyndigheten Rinkeby Sarah Skarpnäck Skatteverket Skärholmen
Socialjouren Socialjourens Socialstyrelsen Socialstyrelsens Spånga Stadsarkivet Stockholm
Stockholms Stödcentrum Sverige Sveriges Syrenen Södermalm Södersjukhuset Tensta Ukraina
Ungarelationer Ungdomsjouren Unizon Utrikesdepartementet Vantör Vantörs Vällingby Älvsjö Årsta
Östermalm
"""
KNOWN = frozenset(_KNOWN_NAMES.split())
# Within a sentence: after a small letter or a comma. At its beginning any word is large.
WITHIN = re.compile(r"(?<=[a-zåäöé,] )[A-ZÅÄÖ][a-zåäöéü]+(?:[A-ZÅÄÖ][a-zåäö]+)?\b")
SMALL = re.compile(r"\b[a-zåäöé]+\b")


def texts() -> Iterator[tuple[str, str]]:
    for module in all_modules():
        for where, text in module.texts():
            yield where, re.sub(r"\]\([^)]*\)", "]", CITATION.sub("", text))


def test_nobody_is_named_who_is_not_invented() -> None:
    said_small = {word for _where, text in texts() for word in SMALL.findall(text)}
    allowed = INVENTED | {f"{name}s" for name in INVENTED} | KNOWN
    assert (
        sorted(
            {
                (name, where)
                for where, text in texts()
                for name in WITHIN.findall(text)
                if name not in allowed and name.lower() not in said_small
            }
        )
        == []
    )


def test_who_speaks_is_a_role_or_an_invented_person() -> None:
    speakers = {
        line["who"]
        for module in all_modules()
        for lesson in module.lessons
        for dialogue in lesson.blocks("dialogue")
        for line in dialogue.fields["lines"]
    }
    said_small = {word for _where, text in texts() for word in SMALL.findall(text)}
    assert {
        who
        for who in speakers
        for word in re.findall(r"[^\W\d_]+", who)
        if word not in INVENTED and word.lower() not in said_small
    } == set()


def test_no_invented_person_has_a_surname() -> None:
    """A whole name might be somebody's."""
    pairs = re.compile(rf"\b(?:{'|'.join(sorted(INVENTED))}) [A-ZÅÄÖ][a-zåäö]+\b")
    found = {(hit, where) for where, text in texts() for hit in pairs.findall(text)}
    assert {hit for hit, _where in found if hit.split()[1] not in INVENTED} == set()
