"""Questions of every type: examples with canaries, and generated ones."""

from typing import Any

from hypothesis import strategies as st

from quizzes.types import TYPES, Content
from quizzes.types.base import Rule

# Stands in everything that a page may not show before the answer is judged.
CANARY = "HEMLIG"


def of(kind: str, **own: Any) -> Content:
    """A question of a type."""
    why = f"{CANARY} förklaring"
    base: Any = {"type": kind, "text": "<p>Vad?</p>", "explanation": why, "teaches": "a#1"}
    return base | own


def options(*right: bool, prefix: str = "o") -> list[dict[str, Any]]:
    return [
        {
            "id": f"{prefix}{at}",
            "text": f"T{prefix}{at}",
            "correct": one,
            "feedback": CANARY,
        }
        for at, one in enumerate(right)
    ]


def pairs(*matches: str) -> list[dict[str, Any]]:
    return [
        {
            "id": f"p{at}",
            "text": f"vänster {at}",
            "match_id": f"m-{match}",
            "match": match,
            "feedback": CANARY,
        }
        for at, match in enumerate(matches)
    ]


def steps(count: int) -> list[dict[str, Any]]:
    return [{"id": f"s{at}", "text": f"steg {at}"} for at in range(count)]


def cases(*groups: str) -> list[dict[str, Any]]:
    return [
        {"id": f"c{at}", "text": f"fall {at}", "group": group, "feedback": CANARY}
        for at, group in enumerate(groups)
    ]


def typed(gap: str, *accepted: str, case: bool = True, accents: bool = False) -> dict[str, Any]:
    return {
        "gap": gap,
        "accepted": list(accepted),
        "ignore_case": case,
        "ignore_accents": accents,
        "feedback": CANARY,
    }


def way(name: str, points: int, then: str = "") -> dict[str, Any]:
    return {"id": name, "text": f"val {name}", "points": points, "feedback": CANARY, "next": then}


def stop(name: str, *ways: dict[str, Any]) -> dict[str, Any]:
    return {"id": name, "text": f"läge {name}", "options": list(ways)}


EXAMPLES: dict[str, Content] = {
    "single": of("single", options=options(False, True, False)),
    "multiple": of("multiple", options=options(True, True, False, False)),
    "true_false": of("true_false", options=options(False, True)),
    "matching": of(
        "matching",
        pairs=pairs("ett", "två", "tre"),
        distractors=[{"id": "d", "text": "fyra"}],
        rule="per_part",
    ),
    "ordering": of("ordering", steps=steps(4), rule="per_part"),
    "gap_choice": of(
        "gap_choice",
        passage=[
            {"text": "Det är "},
            {"gap": "g0", "options": options(True, False, prefix="a")},
            {"text": " och "},
            {"gap": "g1", "options": options(False, False, True, prefix="b")},
        ],
        rule="per_part",
    ),
    "gap_typed": of(
        "gap_typed",
        passage=[
            {"text": "Lagen är från "},
            typed("g0", f"{CANARY} två", "2"),
            {"text": " i "},
            typed("g1", CANARY, case=False, accents=True),
        ],
        rule="per_part",
    ),
    "categorise": of(
        "categorise",
        groups=[{"id": "x", "text": "X"}, {"id": "y", "text": "Y"}],
        cases=cases("x", "y", "x"),
        rule="per_part",
    ),
    "case": of(
        "case",
        steps=[
            stop("start", way("k0", 50, "mitt"), way("k1", 0, "slut")),
            stop("mitt", way("k2", 30, "slut"), way("k3", 0)),
            stop("slut", way("k4", 100), way("k5", 0)),
        ],
    ),
}


@st.composite
def case_contents(draw: st.DrawFn) -> Content:
    """A case of any shape: each step leads to later ones, and each is led to."""
    count = draw(st.integers(1, 6))
    made = []
    for at in range(count):
        later = [f"n{to}" for to in range(at + 1, count)]
        ways = [
            way(
                f"k{at}-{number}",
                draw(st.integers(0, 100)),
                later[0] if number == 0 and later else draw(st.sampled_from(["", *later])),
            )
            for number in range(draw(st.integers(2, 4)))
        ]
        made.append(stop(f"n{at}", *ways))
    made[0]["options"][0]["points"] = draw(st.integers(1, 100))
    return of("case", steps=made)


def contents(kind: str) -> st.SearchStrategy[Content]:
    """Questions of a type, of every shape and scoring rule."""
    rules = st.sampled_from([rule.value for rule in TYPES[kind].rules or [Rule.PER_PART]])
    flags = st.lists(st.booleans(), min_size=2, max_size=6)
    right_at = st.integers(0, 4).flatmap(
        lambda at: st.integers(max(2, at + 1), 6).map(lambda n: [one == at for one in range(n)])
    )
    if kind == "single":
        return right_at.map(lambda right: of(kind, options=options(*right)))
    if kind == "true_false":
        return st.booleans().map(lambda one: of(kind, options=options(one, not one)))
    if kind == "multiple":
        return st.builds(
            lambda right, rule: of(kind, options=options(*right), rule=rule),
            flags.filter(any),
            rules,
        )
    if kind == "matching":
        return st.builds(
            lambda at, extra, rule: of(
                kind,
                pairs=pairs(*[f"höger {one}" for one in at]),
                distractors=[{"id": f"d{n}", "text": f"extra {n}"} for n in range(extra)],
                rule=rule,
            ),
            st.lists(st.integers(0, 5), min_size=2, max_size=6).filter(lambda x: len(set(x)) > 1),
            st.integers(0, 3),
            rules,
        )
    if kind == "ordering":
        return st.builds(
            lambda count, rule: of(kind, steps=steps(count), rule=rule), st.integers(2, 7), rules
        )
    if kind == "gap_choice":
        return st.builds(
            lambda gaps, rule: of(
                kind,
                passage=[{"text": "text"}]
                + [
                    {"gap": f"g{n}", "options": options(*one, prefix=f"g{n}o")}
                    for n, one in enumerate(gaps)
                ],
                rule=rule,
            ),
            st.lists(right_at, min_size=1, max_size=4),
            rules,
        )
    if kind == "gap_typed":
        word = st.text(min_size=1, max_size=12, alphabet=st.characters(exclude_categories=["C"]))
        word = word.filter(str.strip)
        return st.builds(
            lambda gaps, rule: of(
                kind,
                passage=[{"text": "text"}]
                + [typed(f"g{n}", *one, case=c, accents=a) for n, (one, c, a) in enumerate(gaps)],
                rule=rule,
            ),
            st.lists(
                st.tuples(st.lists(word, min_size=1, max_size=3), st.booleans(), st.booleans()),
                min_size=1,
                max_size=4,
            ),
            rules,
        )
    if kind == "categorise":
        return st.builds(
            lambda at, rule: of(
                kind,
                groups=[{"id": f"x{n}", "text": f"grupp {n}"} for n in range(4)],
                cases=cases(*[f"x{one}" for one in at]),
                rule=rule,
            ),
            st.lists(st.integers(0, 3), min_size=2, max_size=6),
            rules,
        )
    return case_contents()


def parts_of(content: Any) -> list[str]:
    """Every id that a page or a forger could name, and some that nothing has."""
    ids = ["", "finns-inte", "ticked"]

    def walk(value: Any) -> None:
        if isinstance(value, dict):
            for name, one in value.items():
                if name in ("id", "gap", "match_id", "group", "next") and isinstance(one, str):
                    ids.append(one)
                walk(one)
        elif isinstance(value, list):
            for one in value:
                walk(one)

    walk(content)
    return ids
