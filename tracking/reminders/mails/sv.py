"""Mails in Swedish."""

from tracking.reminders.mails.words import Words

SWEDISH = Words(
    name="Svenska",
    date_format="j F Y",
    subject_one="Din utbildning: en sak att göra klart",
    subject_many="Din utbildning: {count} saker att göra klart",
    greeting="Hej {name}!",
    greeting_without_name="Hej!",
    one_thing="Du har en sak att göra klart i din utbildning.",
    many_things="Du har {count} saker att göra klart i din utbildning.",
    from_manager="Din chef har bett oss påminna dig.",
    from_coordinator="Samordnaren för uppföljningen har bett oss påminna dig.",
    writes="Hälsning: ”{line}”",
    due="{target}: ska vara klar senast {day}",
    due_without_day="{target}: inte klar än",
    overdue="{target}: skulle ha varit klar {day}",
    expires="{target}: gäller till och med {day}, gör om den innan dess",
    expired="{target}: gällde till och med {day}, gör om den",
    recommended="rekommenderas",
    open_training="Öppna Min utbildning:",
    footer=(
        "Brevet är skickat av ett program och går inte att svara på. Fråga din chef om "
        "du undrar något."
    ),
    footer_optional=(
        "Vill du inte ha påminnelser om det som bara rekommenderas stänger du av dem här:"
    ),
    summary_subject="Dina medarbetares utbildning: det här har hänt",
    summary_lead="Det här har hänt bland dina medarbetare sedan {day}:",
    finished_one="En person har blivit klar med något.",
    finished_many="{count} personer har blivit klara med något.",
    overdue_one="En person har blivit försenad med något.",
    overdue_many="{count} personer har blivit försenade med något.",
    running_out_one="För en person går något snart ut.",
    running_out_many="För {count} personer går något snart ut.",
    summary_note="Brevet nämner ingen vid namn. Vilka det gäller ser du när du har loggat in.",
    open_staff="Öppna Mina medarbetare:",
    footer_summary="Brevet skickas på måndagar, bara när något har hänt. Du stänger av det här:",
)
