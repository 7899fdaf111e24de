"""`python -m tests.faults.prepare PEOPLE`: makes people who may learn; prints the key as JSON."""

import json
import sys
from typing import Any

import django

PASSWORD = "en-lang-nog-losenfras"


def _options(content: Any) -> list[str]:
    """The ids of what one chooses among; [] for questions answered in parts."""
    return [option["id"] for option in content.get("options", ())]


def main() -> None:
    """Load the course, make the accounts, print what the people need to know."""
    django.setup()
    from django.contrib.auth.hashers import make_password
    from django.core.management import call_command
    from django.db import transaction

    from courses.pages.queries import course_page_for
    from quizzes.bank.models import Question
    from quizzes.types import TYPES
    from tests.factories import employ, unit
    from tracking.organisation.models import Person, User

    call_command("load_modules", "freda", stdout=sys.stderr)
    secret = make_password(PASSWORD)
    with transaction.atomic():
        unit("STAD")
        for number in range(int(sys.argv[1])):
            name = f"larande{number}"
            user = User.objects.create(username=name, password=secret)
            person = Person.objects.create(
                person_id=name, first_name="Lärande", last_name=str(number), user=user
            )
            employ(person, "STAD")
    page = course_page_for("MOD-FREDA")
    assert page is not None
    contents = [question.content() for question in Question.objects.all()]
    key = [(one["text"], TYPES[one["type"]].key(one), _options(one)) for one in contents]
    print(json.dumps({"page": page.pk, "key": key}))


if __name__ == "__main__":
    main()
