"""What was changed here beside what was changed in the files: nothing is untold or mixed up."""

from hypothesis import given
from hypothesis import strategies as st

from courses.modules.differences import Where, changes, in_words

BEFORE = "ett\ntvå\ntre\nfyra\nfem\nsex\n"


def test_each_passage_is_told_with_where_it_was_changed() -> None:
    here = "ett\nTVÅ\ntre\nfyra\nFEM här\nsex\n"
    files = "ett\ntvå\ntre\nFYRA\nmer\nfem i filen\nsex\n"
    found = changes(BEFORE, here, files)
    assert [(one.where, one.line) for one in found] == [(Where.HERE, 2), (Where.BOTH, 4)]
    assert list(found[1].before) == ["fyra", "fem"]
    assert list(found[1].here) == ["fyra", "FEM här"]
    assert list(found[1].files) == ["FYRA", "mer", "fem i filen"]


def test_what_was_changed_alike_is_no_quarrel() -> None:
    same = BEFORE.replace("tre", "TRE")
    assert [one.where for one in changes(BEFORE, same, same)] == [Where.SAME]


def test_the_words_say_what_was_and_what_is() -> None:
    found = changes(BEFORE, BEFORE, BEFORE.replace("sex", "sju"))
    assert [line for one in found for line in in_words(one)][1:] == ["  - sex", "  + sju"]


LINES = st.lists(st.sampled_from(["a", "b", "c", "d"]), max_size=8)


@given(LINES, LINES, LINES)
def test_the_changes_make_each_text_of_the_others(
    before: list[str], here: list[str], files: list[str]
) -> None:
    """What is not told of is the same in all three."""
    found = changes(*("\n".join(lines) for lines in (before, here, files)))
    assert sum(len(one.files) for one in found) <= len(files)
    kept = len(before) - sum(len(one.before) for one in found)
    assert kept == len(here) - sum(len(one.here) for one in found)
    assert kept == len(files) - sum(len(one.files) for one in found)
    if before == here == files:
        assert found == []
    if before == here:
        assert {one.where for one in found} <= {Where.FILES}


@given(LINES, LINES)
def test_where_nobody_remembers_the_text_what_differs_is_told_from_both(
    here: list[str], files: list[str]
) -> None:
    found = changes(None, "\n".join(here), "\n".join(files))
    assert {one.where for one in found} <= {Where.BOTH, Where.HERE, Where.FILES}
    assert (found == []) == (here == files)
