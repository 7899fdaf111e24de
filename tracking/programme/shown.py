"""What the pages of a draft have in common: its sentence, and what would come of it."""

import hashlib

from django.http import HttpRequest

from foundation.intervals import today
from tracking.programme.builder import Builder
from tracking.programme.effect import Question, is_large, known_effect, question, work_out
from tracking.programme.queries import compared
from tracking.reports.gates import units_of
from tracking.targets.models import Target
from tracking.targets.rows import read_row
from tracking.targets.words import more_sentences, sentence

Context = dict[str, object]


def tried(request: HttpRequest, builder: Builder) -> Context:
    """The sentence, and what would come of it as far as that can be worked out and seen."""
    asked = question(builder.row, builder.base, today())
    sees = units_of(request).sees_figures_of(builder.vocabulary.tree.root or "")
    context: Context = {"sees_figures": sees, "asked": asked, "today": today()}
    if asked and sees:
        context |= _effect(asked)
    return context | _in_words(builder)


def _effect(asked: Question) -> Context:
    """Worked out while one waits; in a large city by a job, which a button starts."""
    effect = known_effect(asked)
    if effect is None and is_large():
        return {"is_large": True}
    return {"effect": effect or work_out(asked)}


def _in_words(builder: Builder) -> Context:
    """The sentence, however little of the rest is filled in."""
    _code, fields, faults = read_row(builder.row | {"kod": "x", "namn": "x"})
    if faults:
        return {}
    said = Target(code="x", **fields)
    return {"sentence": sentence(said, builder.vocabulary.names), "more": more_sentences(said)}


def looked_over(builder: Builder) -> Context:
    """What would be published, and what it says otherwise than what it was built on."""
    code, fields, _faults = read_row(builder.row)
    said = Target(code=code, **fields)
    base = builder.base
    changes = compared(base, said, builder.vocabulary.names) if base else []
    return {"said": said, "changes": changes, "seen": print_of(builder)}


def print_of(builder: Builder) -> str:
    """Stands for what the page shows: pressing its button publishes that and nothing else."""
    text = "\x1f".join(f"{name}={cell}" for name, cell in sorted(builder.row.items()))
    print_ = hashlib.sha256(f"{builder.draft.base_id}\x1f{text}".encode())
    return print_.hexdigest()[:32]


def theirs(builder: Builder, present: Target | None) -> Context:
    """What somebody else has published meanwhile, beside what one has filled in oneself."""
    if present is None:
        return {"withdrawn": True}
    names, base = builder.vocabulary.names, builder.base
    return {
        "theirs": present,
        "their_sentence": sentence(present, names),
        "their_changes": compared(base, present, names) if base else [],
    }
