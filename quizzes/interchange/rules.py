"""Who may take questions in and out: whoever may change them."""

from tracking.organisation.models import User


def may_exchange(user: User) -> bool:
    """Whether files of questions are theirs to bring in, and to take out."""
    return user.is_active and user.has_perm("quizzes.change_question")
