"""Law is shown with what it was called before, or by what it was replaced."""

from datetime import date
from typing import Any

import pytest

from courses.sources.models import LegalReference
from courses.sources.wording import law_in_words


def law(number: str, paragraph: str = "", **fields: Any) -> LegalReference:
    said = {"act": "socialtjänstlagen", "topic": "Oro"} | fields
    return LegalReference(pk=len(paragraph), number=number, paragraph=paragraph, **said)


NEW = law("2025:400", "19 kap. 1 §")
OLD = law("2001:453", "14 kap. 1 §", valid_to=date(2025, 6, 30))
OLDER = law("2001:453", "14 kap. 11 §", valid_to=date(2025, 6, 30))
UNKNOWN = law("2025:400", paragraph_known=False)
RULES = law("HSLF-FS 2022:39", "6 kap.", act="Socialstyrelsens föreskrifter")
OLD_RULES = law("SOSFS 2014:4", "7 kap.", act="Socialstyrelsens allmänna råd")


@pytest.mark.parametrize(
    ("one", "formerly", "replaced_by", "said"),
    [
        (NEW, [], None, "19 kap. 1 § socialtjänstlagen (2025:400)"),
        (
            NEW,
            [OLD],
            None,
            "19 kap. 1 § socialtjänstlagen (2025:400), tidigare 14 kap. 1 § (2001:453)",
        ),
        (
            NEW,
            [OLDER, OLD],
            None,
            "19 kap. 1 § socialtjänstlagen (2025:400), "
            "tidigare 14 kap. 1 § och 14 kap. 11 § (2001:453)",
        ),
        (
            OLD,
            [],
            NEW,
            "14 kap. 1 § socialtjänstlagen (2001:453), ersatt av 19 kap. 1 § (2025:400)",
        ),
        (
            UNKNOWN,
            [OLD],
            None,
            "Socialtjänstlagen (2025:400), paragraf att slå upp, tidigare 14 kap. 1 § (2001:453)",
        ),
        (
            OLD,
            [],
            UNKNOWN,
            "14 kap. 1 § socialtjänstlagen (2001:453), "
            "ersatt av socialtjänstlagen (2025:400), paragraf att slå upp",
        ),
        (
            OLD,
            [],
            None,
            "14 kap. 1 § socialtjänstlagen (2001:453), gällde till och med 30 juni 2025",
        ),
        (
            law("2025:400"),
            [law("2001:453")],
            None,
            "Socialtjänstlagen (2025:400), tidigare 2001:453",
        ),
        (
            RULES,
            [OLD_RULES],
            None,
            "6 kap. Socialstyrelsens föreskrifter (HSLF-FS 2022:39), "
            "tidigare 7 kap. Socialstyrelsens allmänna råd (SOSFS 2014:4)",
        ),
    ],
)
def test_law_in_words(
    one: LegalReference,
    formerly: list[LegalReference],
    replaced_by: LegalReference | None,
    said: str,
) -> None:
    assert law_in_words(one, formerly=formerly, replaced_by=replaced_by) == said
