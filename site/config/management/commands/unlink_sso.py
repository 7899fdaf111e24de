"""Forgets which account of the employer's log-in is a person's."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from config.sign_in.sso.actions import unlink
from tracking.audit.actions import system_account
from tracking.organisation.models import Person


class Command(BaseCommand):
    """For when the employer has given somebody a new account, or an old number to somebody new."""

    help = "Forget a person's link to the employer's log-in; the next log-in makes a new one."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("person_id", help="HR's key of the person.")

    def handle(self, *_args: Any, person_id: str, **_given: Any) -> None:
        person = Person.objects.filter(person_id=person_id).select_related("user").first()
        if person is None or person.user is None:
            raise CommandError(_("Nobody with that key has an account."))
        count = unlink(person=person, actor=system_account())
        self.stdout.write(_("Links forgotten: %d. The person is signed out everywhere.") % count)
