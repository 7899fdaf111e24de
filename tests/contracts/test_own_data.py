"""Nothing is kept about anybody that they are not told, or told why not."""

from collections import defaultdict
from collections.abc import Iterator

from django.apps import apps
from django.db.models import ForeignKey, ManyToManyField, Model

from tracking.organisation.models import Person, User
from tracking.privacy.coverage import LEFT_OUT
from tracking.privacy.sections import SECTIONS


def _points_at() -> Iterator[tuple[type[Model], type[Model]]]:
    """Every model, through tables included, with each model a row of it belongs to."""
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.get_fields(include_parents=False):
            if isinstance(field, ForeignKey) and not isinstance(field, ManyToManyField):
                yield model, field.related_model


def with_a_path_to_people() -> set[str]:
    """Labels of the models a path leads from, over foreign keys, to a person or an account.

    What hangs on what is left out is left out with it, and what hangs on a batch of facts is about
    others than the one who wrote the batch.
    """
    pointing = defaultdict(set)
    for model, at in _points_at():
        pointing[at].add(model)
    found: set[type[Model]] = set()
    waiting: list[type[Model]] = [Person, User]
    while waiting:
        model = waiting.pop()
        if model not in found:
            found.add(model)
            if model._meta.label not in {*LEFT_OUT, "foundation.FactBatch"}:
                waiting += pointing[model]
    return {model._meta.label for model in found}


def test_everything_about_a_person_is_told_or_left_out_for_a_reason() -> None:
    told = frozenset().union(*(section.models for section in SECTIONS.values()))
    assert with_a_path_to_people() - told - set(LEFT_OUT) == set()


def test_what_is_left_out_exists_and_is_not_told_as_well() -> None:
    told = frozenset().union(*(section.models for section in SECTIONS.values()))
    labels = {model._meta.label for model in apps.get_models(include_auto_created=True)}
    assert set(LEFT_OUT) - labels == set()
    assert told - labels == set()
    assert set(LEFT_OUT) & told == set()
    assert all(LEFT_OUT.values())
