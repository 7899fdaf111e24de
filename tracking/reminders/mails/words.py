"""The sentences of a mail. Values in braces are filled in; every language has the same ones."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """All that a mail says in one language.

    Subjects and the first lines, which a telephone shows before it is unlocked, say nothing of
    what the training is about.
    """

    name: str  # of the language, in itself
    date_format: str  # Django's
    subject_one: str
    subject_many: str  # {count}
    greeting: str  # {name}
    greeting_without_name: str
    one_thing: str
    many_things: str  # {count}
    from_manager: str
    from_coordinator: str
    writes: str  # {line}
    due: str  # {target} {day}
    due_without_day: str  # {target}
    overdue: str  # {target} {day}
    expires: str  # {target} {day}
    expired: str  # {target} {day}
    recommended: str
    open_training: str
    footer: str
    footer_optional: str
    summary_subject: str
    summary_lead: str  # {day}
    finished_one: str
    finished_many: str  # {count}
    overdue_one: str
    overdue_many: str  # {count}
    running_out_one: str
    running_out_many: str  # {count}
    summary_note: str
    open_staff: str
    footer_summary: str
