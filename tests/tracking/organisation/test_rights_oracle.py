"""On any small organisation the rules say what an obvious reading of STATUS.md 6 says."""

from hypothesis import given, note, settings
from hypothesis.extra.django import TestCase

from tests.factories import account
from tests.tracking.organisation.random_organisations import NOWHERE, TODAY, lay, organisations
from tests.tracking.organisation.rights_oracle import Oracle, Organisation, Somebody
from tracking.organisation.models import Person
from tracking.organisation.queries import organisation_on
from tracking.organisation.rules import Action, PersonScope, may, shown_person, visible_to


class TestAgainstTheOracle(TestCase):
    @settings(max_examples=50, deadline=None, derandomize=True)
    @given(organisations())
    def test_people_units_and_pages(self, organisation: Organisation) -> None:
        people, oracle = lay(organisation), Oracle(organisation)
        for reader in organisation.people:
            note(f"{reader} asks")
            scope = visible_to(account(people[reader.key]), TODAY)
            assert self._shown(scope, people) == {
                who.key: self._expected(oracle, reader, who) for who in organisation.people
            }
            assert not scope.hidden & scope.by_name
            self._units(oracle, reader, scope)
            # The same tree, and another that says the same.
            again = organisation_on(TODAY)
            assert again is not scope.tree
            for code in again.units:
                assert scope.stood_for([code], scope.tree) == scope.stood_for([code], again)
            both = scope.managed + scope.followed
            assert scope.stood_for(both, scope.tree) == scope.stood_for(both, again)

    def _shown(self, scope: PersonScope, people: dict[str, Person]) -> dict[str, str | None]:
        """What a list says of each: the name, that somebody is protected, or nothing."""
        found = {key: shown_person(who, scope) for key, who in people.items()}
        return {key: shown and shown.name for key, shown in found.items()}

    def _expected(self, oracle: Oracle, reader: Somebody, who: Somebody) -> str | None:
        if oracle.sees(reader, who):
            return f"Förnamn{who.key} Efternamn{who.key}"
        hidden = who.protected and oracle.reaches(reader, who)
        return "Skyddade uppgifter" if hidden else None

    def _units(self, oracle: Oracle, reader: Somebody, scope: PersonScope) -> None:
        codes = [*(row.code for row in oracle.all.units), NOWHERE]
        assert [code for code in codes if scope.sees_staff_of(code)] == [
            code for code in codes if oracle.sees_staff_of(reader, code)
        ]
        assert [code for code in codes if scope.sees_figures_of(code)] == [
            code for code in codes if oracle.sees_figures_of(reader, code)
        ]

    @settings(max_examples=8, deadline=None, derandomize=True)
    @given(organisations())
    def test_what_one_may_is_what_one_sees(self, organisation: Organisation) -> None:
        people = lay(organisation)
        for reader in people.values():
            user = account(reader)
            scope = visible_to(user, TODAY)
            for who in people.values():
                allowed = may(user, Action.SEE_PERSON, who, on=TODAY)
                assert allowed == (who.pk in scope.by_name)
            for row in organisation.units:
                allowed = may(user, Action.SEE_FIGURES, row.code, on=TODAY)
                assert allowed == scope.sees_figures_of(row.code)
