"""Mails in Finnish: Stockholm belongs to the administrative area of the language."""

from tracking.reminders.mails.words import Words

FINNISH = Words(
    name="Suomi",
    date_format="j. E Y",
    subject_one="Koulutuksesi: yksi asia kesken",
    subject_many="Koulutuksesi: {count} asiaa kesken",
    greeting="Hei {name}!",
    greeting_without_name="Hei!",
    one_thing="Sinulla on koulutuksessasi yksi asia kesken.",
    many_things="Sinulla on koulutuksessasi {count} asiaa kesken.",
    from_manager="Esimiehesi on pyytänyt meitä muistuttamaan sinua.",
    from_coordinator="Seurannan koordinaattori on pyytänyt meitä muistuttamaan sinua.",
    writes="Viesti: ”{line}”",
    due="{target}: suoritettava viimeistään {day}",
    due_without_day="{target}: ei vielä suoritettu",
    overdue="{target}: olisi pitänyt suorittaa viimeistään {day}",
    expires="{target}: voimassa {day} asti, suorita se uudelleen sitä ennen",
    expired="{target}: oli voimassa {day} asti, suorita se uudelleen",
    recommended="suositellaan",
    open_training="Avaa Oma koulutus:",
    footer=(
        "Tämän viestin on lähettänyt ohjelma, eikä siihen voi vastata. Jos sinulla on "
        "kysyttävää, käänny esimiehesi puoleen."
    ),
    footer_optional=(
        "Jos et halua muistutuksia siitä, mitä vain suositellaan, poista ne käytöstä täällä:"
    ),
    summary_subject="Työntekijöidesi koulutus: mitä on tapahtunut",
    summary_lead="Työntekijöidesi keskuudessa on tapahtunut {day} jälkeen:",
    finished_one="Yksi henkilö on suorittanut jotakin.",
    finished_many="{count} henkilöä on suorittanut jotakin.",
    overdue_one="Yksi henkilö on nyt myöhässä.",
    overdue_many="{count} henkilöä on nyt myöhässä.",
    running_out_one="Yhdeltä henkilöltä jonkin voimassaolo päättyy pian.",
    running_out_many="{count} henkilöltä jonkin voimassaolo päättyy pian.",
    summary_note="Viestissä ei mainita ketään nimeltä. Näet henkilöt, kun olet kirjautunut sisään.",
    open_staff="Avaa Omat työntekijät:",
    footer_summary=(
        "Viesti lähetetään maanantaisin vain, kun jotakin on tapahtunut. Poista se käytöstä täällä:"
    ),
)
