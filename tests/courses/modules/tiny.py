"""A module of two lessons that holds every kind of block, written where a test wants it."""

from pathlib import Path

from tests.courses.h5p.own.contents import CONVERSATION, content_folder, example

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20" width="40" height="20" '
    'aria-label="Linjen"><path class="ink" d="M0 10h40"/><text x="1" y="9">Slut</text></svg>'
)

SOURCES = """\
sources:
  - {key: bok, title: En bok, publisher: Förlaget, year: 2023, reference: Sidan 3}
laws:
  - {key: lag, act: enlagen, number: "2025:1", paragraph: 2 §, paragraph_known: true,
     topic: Något nytt, valid_from: 2025-07-01, url: "https://example.org/lag",
     checked_on: 2026-01-15}
  - {key: lag-forr, act: enlagen, number: "2001:2", paragraph: 9 §, paragraph_known: true,
     topic: Något nytt, valid_from: 2002-01-01, valid_to: 2025-06-30, replaced_by: lag}
"""

MANIFEST = """\
code: MOD-LITEN
slug: liten
title: En liten modul
summary: Allt en modul kan ha, i litet format.
summary_en: Everything a module can hold, in small.
audience: Alla.
prepares_for: Modulen förbereder för utbildningen i metoden och ersätter den inte.
objectives:
  - Du kan läsa en skärm.
authors: [Redaktionen]
reviewed_on: 2026-01-15
reviewer: ''
sources: [bok, lag]
content_warning: Du kan **pausa**.
quiz: {draw: 2, pass_percent: 80, max_tries: 0, shuffle: true}
lessons: [01-forst.md, 02-sedan.md]
"""

FIRST = """\
---
title: Först
slug: forst
minutes: 5
objective: Du kan börja.
sources: [bok]
---

## En första tanke

Text med **fet**, *kursiv* och en källa [@bok, "Kapitel 1"].

- ett
- två

::: figure
image: linje.svg
alt: En linje från vänster till höger.
caption: En linje.
:::

## Att tänka efter

Skriv en mening.

::: reflection
prompt: Skriv en mening. Nämn inga klienter.
:::

## Vad lagen säger

Något nytt gäller.

::: note
kind: law
title: Ny lag
---
Den gäller **nu** [@bok].
:::
"""

SECOND = """\
---
title: Sedan
slug: sedan
minutes: 7
objective: Du kan fortsätta.
sources: [lag]
---

## Ett fall

Läs och välj [@lag].

::: case
key: fallet
title: Fallet
start: a
steps:
  a:
    text: Någon kommer in.
    choices:
      - {text: Fråga., to: b, feedback: Det var rätt.}
      - {text: Tig., to: c, feedback: Det var synd.}
  b: {text: Hon svarar., end: true, verdict: good}
  c: {text: Hon går., end: true, verdict: poor}
:::

## En fråga

Svara på frågan.

::: check
question: liten-001
:::

## Att säga

Ord som går att svara på.

::: sayings
title: Säg så
pairs:
  - {dont: "Varför går du inte?", do: "Hur har du det?", why: Den första anklagar.}
:::

## Att göra

I tur och ordning.

::: steps
title: Gör så
items:
  - {title: Lyssna, text: "Sitt **still**."}
  - {title: Fråga, text: Kort.}
:::

## Att ta med

En lista att skriva ut.

::: tool
key: lista
kind: checklist
title: En lista
when: Före ett möte.
sections:
  - {heading: Före, items: [Boka ett rum., Stäng dörren.]}
  - {heading: Efter, items: [Skriv ner det.]}
:::

## Att höra

Två personer talar.

::: dialogue
title: I väntrummet
lines:
  - {who: Handläggaren, says: Kom in., note: Hon väntar.}
  - {who: Kim, says: Tack.}
  - {who: Handläggaren, says: Sitt.}
  - {who: Kim, says: Tack.}
after: |
  Lägg märke till **tonen** [@lag].
:::

## Att läsa

Ur källan.

::: quote
text: |
  ”En mening.” [@lag, "1 §"]
who: Ur lagen
:::

## Att öppna

Vid behov.

::: accordion
title: Invändningar
items:
  - {title: Vi hinner inte, text: "Det *går* [@lag]."}
  - {title: Inte vårt bord, text: Det är allas.}
:::

## Att slå upp

I en tabell.

::: table
caption: Vem hjälper vem?
columns: [Situation, Vänd dig till]
rows:
  - [Någon är i fara, "112 [@lag]"]
  - [Någon undrar, ""]
:::

## Att göra här

I stadsdelen.

::: local
key: har
title: Så gör vi här
prompt: Skriv vem man ringer.
:::

## På lätt svenska

En text till den som deltar.

::: note
kind: easy
title: Du får hjälp
---
Vi lyssnar på dig.
:::

## Att se

En film.

::: film
title: Samtalet
film: samtal.mp4
captions: samtal.vtt
transcript: |
  Hon säger **hej** [@lag].
poster: linje.svg
:::

## Att lyssna

En röst.

::: audio
title: Rösten
audio: rost.mp3
transcript: |
  Hej.
:::

## Att pröva

Ett samtal.

::: interactive
content: prova
requirement: score
percent: 50
:::

## Att söka stöd

Stödet är till för dig också.

::: support
:::
"""

RECORDINGS = {
    "samtal.mp4": bytes(4) + b"ftypisom" + bytes(20),
    "samtal.vtt": b"WEBVTT\n\n00:00.000 --> 00:01.000\nHej.\n",
    "rost.mp3": b"ID3" + bytes(20),
}
QUESTIONS = """\
- key: liten-001
  type: single
  text: Vilket är *rätt*?
  options:
    - {text: Det här, correct: true, feedback: HEMLIG-JA}
    - {text: Det där, correct: false, feedback: HEMLIG-NEJ}
  explanation: HEMLIG-FÖRKLARING.
  teaches: forst#1
  tags: [liten, forst]
  difficulty: 1
  source: "bok: Kapitel 1"
  use: both
- key: liten-002
  type: true_false
  text: Jorden är rund.
  correct: true
  feedback: {true: Ja., false: Nej.}
  explanation: Den är det.
  teaches: sedan
  tags: [liten]
  difficulty: 2
  source: bok
  use: final
"""


def write_module(directory: Path) -> Path:
    """The module's folder below `directory`."""
    folder = directory / "liten"
    (folder / "images").mkdir(parents=True)
    for name, text in (
        ("../sources.yaml", SOURCES),
        ("module.yaml", MANIFEST),
        ("01-forst.md", FIRST),
        ("02-sedan.md", SECOND),
        ("questions.yaml", QUESTIONS),
        ("images/linje.svg", SVG),
    ):
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "media").mkdir()
    for name, content in RECORDINGS.items():
        (folder / "media" / name).write_bytes(content)
    content_folder(folder / "h5p" / "prova", CONVERSATION, example(CONVERSATION), title="Pröva")
    return folder


def edit(folder: Path, name: str, before: str, after: str) -> None:
    """Change one thing in a file of the module; it must be there."""
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), encoding="utf-8")
