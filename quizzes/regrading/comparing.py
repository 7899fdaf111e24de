"""The answers of two versions beside each other, so that an author sees what was changed."""

from dataclasses import dataclass

from quizzes.types import Choice, Content, type_of


@dataclass(frozen=True, slots=True)
class Compared:
    """An answer, as the earlier version and as the present one have it; "" where it is not."""

    before: str
    after: str
    right_before: bool
    right_after: bool

    @property
    def is_changed(self) -> bool:
        """Whether it is another text, or judged otherwise."""
        return (self.before, self.right_before) != (self.after, self.right_after)


def compared(before: Content, after: Content) -> list[Compared]:
    """What can be answered to either, told apart by the ids that answers are kept under.

    An id whose text is another is another answer under an old name: the author has to look.
    """
    old, new = _choices(before), _choices(after)
    return [
        Compared(
            old[name].text if name in old else "",
            new[name].text if name in new else "",
            name in old and old[name].correct,
            name in new and new[name].correct,
        )
        for name in dict.fromkeys([*new, *old])
    ]


def _choices(content: Content) -> dict[tuple[str, str], Choice]:
    return {(one.part, one.value): one for one in type_of(content).possible(content)}
