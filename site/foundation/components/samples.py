"""What the catalogue's examples show: a form, a list in pages, a menu, a person."""

from datetime import date, datetime

from django import forms
from django.core.paginator import Paginator
from django.utils.html import format_html

from foundation.charts import Bar, bars
from foundation.components.fields import DayField
from foundation.intervals import STOCKHOLM
from foundation.jobs.models import Job, JobState
from foundation.jobs.queries import ShownJob, shown_job


class SampleForm(forms.Form):
    """One field of each kind."""

    name = forms.CharField(label="Namn", max_length=60)
    day = DayField(label="Dag", help_text="Till exempel 2026-05-31 eller 31 maj 2026.")
    unit = forms.ChoiceField(label="Enhet", choices=[("1", "Farsta"), ("2", "Bromma")])
    way = forms.ChoiceField(
        label="Hur", choices=[("a", "På plats"), ("b", "På webben")], widget=forms.RadioSelect
    )
    more = forms.CharField(
        label="Något mer", required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    agreed = forms.BooleanField(label="Bara försenade", required=False)


class _Someone:
    is_authenticated = True
    own_name = "Samira Nyström"


def samples() -> dict[str, object]:
    """The context of every example."""
    today = date(2026, 3, 14)
    wrong = SampleForm({"name": "", "day": "31 februari", "unit": "1"}, auto_id="wrong_%s")
    entries = [
        {"label": "Min utbildning", "url": "#main", "current": True},
        {"label": "Mina medarbetare", "url": "#main", "current": False},
    ]
    return {
        "today": today,
        "chart": bars(
            "exempel",
            "Farsta ligger 14 procentenheter över staden",
            [Bar("Farsta", 0.75, "75 %"), Bar("Staden", 0.61, "61 %", faint=True)],
        ),
        "soon": date(2026, 3, 26),
        "late": date(2026, 2, 2),
        "far": date(2026, 12, 31),
        "form": SampleForm(auto_id="empty_%s"),
        "wrong": wrong,
        "page": Paginator(range(120), 20).page(3),
        "entries": entries,
        "someone": _Someone(),
        "said": [_Said("Dina svar är sparade.", "success"), _Said("Filen var tom.", "error")],
        "support_text": {
            "title": "Behöver du själv stöd?",
            "body": format_html("<p>{}</p>", "Vid akut fara, ring 112."),
        },
        "running_job": _running_job(),
        "heads": [
            {"label": "Namn", "url": "#main", "state": "ascending"},
            {"label": "Klara", "url": "#main", "state": "", "numeric": True},
        ],
    }


def _running_job() -> ShownJob:
    job = Job(
        kind="",
        title="Medarbetare i Järva",
        state=JobState.RUNNING,
        phase="Skriver rader",
        done=1200,
        total=3400,
        created_at=datetime(2026, 3, 14, 9, 30, tzinfo=STOCKHOLM),
    )
    return shown_job(job, date(2026, 3, 14))


class _Said(str):
    """A message as Django's message framework hands it to a template."""

    level_tag: str

    def __new__(cls, text: str, level_tag: str) -> "_Said":
        said = super().__new__(cls, text)
        said.level_tag = level_tag
        return said
