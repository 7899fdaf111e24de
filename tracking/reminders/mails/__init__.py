"""What mails say, a file for each language.

Nothing here goes through the catalogues of the pages: a mail speaks its reader's language, also one
that no page speaks yet, and each file holds all of what a mail can say (`words.Words`).
"""

from collections.abc import Mapping

from tracking.reminders.mails.en import ENGLISH
from tracking.reminders.mails.fi import FINNISH
from tracking.reminders.mails.sv import SWEDISH
from tracking.reminders.mails.words import Words

LANGUAGES: Mapping[str, Words] = {"sv": SWEDISH, "en": ENGLISH, "fi": FINNISH}

__all__ = ["LANGUAGES", "Words"]
