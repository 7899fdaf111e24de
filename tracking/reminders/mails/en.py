"""Mails in English."""

from tracking.reminders.mails.words import Words

ENGLISH = Words(
    name="English",
    date_format="j F Y",
    subject_one="Your training: one thing to finish",
    subject_many="Your training: {count} things to finish",
    greeting="Hello {name},",
    greeting_without_name="Hello,",
    one_thing="You have one thing to finish in your training.",
    many_things="You have {count} things to finish in your training.",
    from_manager="Your manager has asked us to remind you.",
    from_coordinator="The coordinator of the follow-up has asked us to remind you.",
    writes="Message: “{line}”",
    due="{target}: to be finished by {day}",
    due_without_day="{target}: not finished yet",
    overdue="{target}: was to be finished by {day}",
    expires="{target}: valid through {day}, take it again before then",
    expired="{target}: was valid through {day}, take it again",
    recommended="recommended",
    open_training="Open My training:",
    footer=(
        "This mail was sent by a program and cannot be answered. Ask your manager if you "
        "wonder about anything."
    ),
    footer_optional="If you do not want reminders of what is only recommended, turn them off here:",
    summary_subject="Your staff's training: what has happened",
    summary_lead="This has happened among your staff since {day}:",
    finished_one="One person has finished something.",
    finished_many="{count} people have finished something.",
    overdue_one="One person is now late with something.",
    overdue_many="{count} people are now late with something.",
    running_out_one="For one person something runs out soon.",
    running_out_many="For {count} people something runs out soon.",
    summary_note="The mail names nobody. You see who it is when you have logged in.",
    open_staff="Open My staff:",
    footer_summary=(
        "This mail comes on Mondays, only when something has happened. Turn it off here:"
    ),
)
